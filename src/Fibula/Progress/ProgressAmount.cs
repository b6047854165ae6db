namespace Fibula;

/// <summary>How much is done of a task, or of one step of it. Guarded by the lock of the task's <see cref="ProgressState"/>.</summary>
/// <param name="fraction">What is done before anything is reported; NaN where that is not known.</param>
internal struct ProgressAmount(double fraction)
{
    // NaN where it is not known. Without meaning while there are steps.
    private double _fraction = fraction;
    private bool _isOfUnits;
    private ProgressSplit? _split;

    public long Completed { get; private set; }

    /// <summary>Less than 0 where it is not known.</summary>
    public long Total { get; private set; } = -1;

    /// <summary>From 0 to 1; NaN where it is not known. With steps, the sum over them.</summary>
    public readonly double Fraction => _split?.Fraction ?? _fraction;

    public readonly ProgressMeasure Measure =>
        _split is null && double.IsNaN(_fraction) ? ProgressMeasure.Units : _isOfUnits ? ProgressMeasure.UnitsOfTotal : ProgressMeasure.Fraction;

    /// <summary>How much is done, in the <see cref="Measure"/>.</summary>
    public readonly double Done => Measure == ProgressMeasure.Fraction ? Fraction : Completed;

    /// <summary>How much there still is, in the <see cref="Measure"/>; NaN where it is not known.</summary>
    public readonly double Left => Measure switch
    {
        ProgressMeasure.UnitsOfTotal => Math.Max(0, Total - Completed),
        ProgressMeasure.Fraction => 1 - Fraction,
        _ => double.NaN,
    };

    public readonly bool IsSplitInto(ProgressSplit split) => _split == split;

    public void Set(double fraction)
    {
        _fraction = Math.Clamp(fraction, 0, 1);
        _isOfUnits = false;
        _split = null;
    }

    public void Set(long completed, long total)
    {
        (Completed, Total) = (completed, total);
        _split = null;
        Count();
    }

    public void Add(long count)
    {
        Completed += count;
        if (Total >= 0)
        {
            Count();
        }
    }

    public void Split(ProgressSplit split) => this = new ProgressAmount(0) { _split = split };

    private void Count()
    {
        _fraction = Total > 0 ? Math.Clamp((double)Completed / Total, 0, 1) : double.NaN;
        _isOfUnits = true;
    }
}
