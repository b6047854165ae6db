namespace Fibula.Analyzers;

/// <summary>What becomes of the task that a call gives.</summary>
internal enum TaskUse
{
    /// <summary>Somebody has it, or it is no work.</summary>
    Kept,

    /// <summary>Nobody has it: it needs an owner.</summary>
    Dropped,

    /// <summary>Only a continuation has it, which handles its error and is dropped itself: it needs an owner, but its error is no news.</summary>
    Observed,
}
