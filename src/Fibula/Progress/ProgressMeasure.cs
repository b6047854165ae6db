namespace Fibula;

/// <summary>In what the progress of a task is counted.</summary>
internal enum ProgressMeasure
{
    /// <summary>Units, of which it is not known how many there are.</summary>
    Units,

    /// <summary>Units, of which the number is known.</summary>
    UnitsOfTotal,

    /// <summary>The fraction itself.</summary>
    Fraction,
}
