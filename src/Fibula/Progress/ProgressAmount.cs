namespace Fibula;

/// <summary>How much is done of a task, or of one step of it. Guarded by the lock of the task's <see cref="ProgressState"/>.</summary>
/// <param name="fraction">The fraction before the first report; NaN if unknown.</param>
internal struct ProgressAmount(double fraction)
{
    // As it was said; NaN where it was not. Without meaning while there are steps or a total.
    private readonly double _fraction = fraction;

    public long Completed { get; private set; }

    /// <summary><see cref="Completed"/> within its limits: parts that are added may pass them for a while.</summary>
    public readonly long Shown => Math.Clamp(Completed, 0, Total > 0 ? Total : long.MaxValue);

    /// <summary>Less than 0 where it is not known.</summary>
    public long Total { get; private init; } = -1;

    /// <summary>The steps that add up to the amount; null if it was reported directly.</summary>
    public ProgressSplit? Steps { get; private init; }

    /// <summary>From 0 to 1; NaN where it is not known. With steps, the sum over them.</summary>
    public readonly double Fraction => Steps?.Fraction ?? (Total > 0 ? Math.Clamp((double)Completed / Total, 0, 1) : _fraction);

    public readonly ProgressMeasure Measure =>
        Steps is not null ? ProgressMeasure.Fraction
        : Total > 0 ? ProgressMeasure.UnitsOfTotal
        : double.IsNaN(_fraction) ? ProgressMeasure.Units : ProgressMeasure.Fraction;

    /// <summary>How much is done, in the <see cref="Measure"/>.</summary>
    public readonly double Done => Measure == ProgressMeasure.Fraction ? Fraction : Completed;

    /// <summary>How much there still is, in the <see cref="Measure"/>; NaN where it is not known.</summary>
    public readonly double Left => Measure switch
    {
        ProgressMeasure.UnitsOfTotal => Math.Max(0, (double)Total - Completed),
        ProgressMeasure.Fraction => 1 - Fraction,
        _ => double.NaN,
    };

    public void Set(double fraction) => this = new ProgressAmount(Math.Clamp(fraction, 0, 1));

    /// <summary>Of no units nothing can be a part: how much there is to do is then not known.</summary>
    public void Set(long completed, long total) => this = new ProgressAmount(double.NaN)
    {
        Completed = total > 0 ? Math.Clamp(completed, 0, total) : Math.Max(0, completed),
        Total = total > 0 ? total : -1,
    };

    /// <summary>Adds, and stops at the limits of <see cref="long"/>.</summary>
    public void Add(long count) => Completed = (long)Int128.Clamp((Int128)Completed + count, long.MinValue, long.MaxValue);

    public void Split(ProgressSplit split) => this = new ProgressAmount(0) { Steps = split };
}
