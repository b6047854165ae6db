namespace Workbench;

/// <summary>The face the Workbench shows.</summary>
public enum UiChoice
{
    /// <summary>The terminal screen when standard output is a terminal, plain otherwise.</summary>
    Automatic,

    /// <summary>The terminal screen.</summary>
    Terminal,

    /// <summary>Progress on standard error, the report on standard output.</summary>
    Plain,
}
