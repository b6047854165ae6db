namespace Fibula;

/// <summary>The steps that a task, or a step, was split into, with their weights. Does not change.</summary>
internal sealed class ProgressSplit
{
    private readonly double[] _weights;
    private readonly ProgressStep[] _steps;
    private readonly double _sum;

    /// <param name="progress">The progress of the task.</param>
    /// <param name="parent">The step that is split; null for the task itself.</param>
    /// <param name="weights">One for each step.</param>
    /// <exception cref="ArgumentException">The weights are no weights.</exception>
    public ProgressSplit(ProgressState progress, ProgressStep? parent, ReadOnlySpan<double> weights)
    {
        Check(weights, progress.Sink.Name);
        Parent = parent;
        _weights = Scaled(weights);
        _steps = new ProgressStep[weights.Length];
        for (int i = 0; i < _steps.Length; i++)
        {
            _steps[i] = new ProgressStep(progress, this);
            _sum += _weights[i];
        }
    }

    public ProgressStep? Parent { get; }

    /// <summary>The step whose counts are shown, among the steps of the task's own split: the last one that reported; null for the task itself.</summary>
    public ProgressStep? Counted { get; set; }

    /// <summary>A copy: the caller's array is the caller's.</summary>
    public ProgressStep[] Steps => [.. _steps];

    // Added up each time in the same order as the weights, so that rounding errors do not accumulate, and the sum is exactly 1 when all steps are complete.
    public double Fraction
    {
        get
        {
            double done = 0;
            for (int i = 0; i < _steps.Length; i++)
            {
                double fraction = _steps[i].Amount.Fraction;
                done += double.IsNaN(fraction) ? 0 : _weights[i] * fraction;
            }

            return done / _sum;
        }
    }

    private static void Check(ReadOnlySpan<double> weights, string name)
    {
        if (weights.IsEmpty)
        {
            throw new ArgumentException($"The progress of '{name}' cannot be split into no steps. Pass one weight for each step, such as 1, 3.", nameof(weights));
        }

        foreach (double weight in weights)
        {
            if (!double.IsFinite(weight) || weight < 0)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"The weight {weight} of a step of '{name}' is no share of the work. Pass numbers from 0 up."), nameof(weights));
            }
        }

        if (!weights.ContainsAnyExcept(0))
        {
            throw new ArgumentException($"All steps of '{name}' have the weight 0, so that none would count. Pass at least one weight above 0.", nameof(weights));
        }
    }

    // By a power of two, which rounds nothing: the sum of the greatest numbers there are is a number too.
    private static double[] Scaled(ReadOnlySpan<double> weights)
    {
        double[] scaled = weights.ToArray();
        int exponent = Math.ILogB(scaled.Max());
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = Math.ScaleB(scaled[i], -exponent);
        }

        return scaled;
    }
}
