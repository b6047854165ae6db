namespace Fibula.Analyzers;

/// <summary>The names that a file, a project or an assembly declares, as far as they can be called.</summary>
internal sealed class DeclaredNames
{
    /// <summary>Of what may give a task when it is called: methods, and what may hold a delegate.</summary>
    public HashSet<string> MayGiveATask { get; } = [];

    /// <summary>Of methods that give none.</summary>
    public HashSet<string> Others { get; } = [];
}
