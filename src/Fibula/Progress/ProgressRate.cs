namespace Fibula;

/// <summary>The speed of a task's progress, estimated from its reports by exponential smoothing. Guarded by the lock of the task's <see cref="ProgressState"/>.</summary>
/// <param name="startedAt">When the counting starts.</param>
/// <param name="measure">The unit of the counts.</param>
/// <param name="amount">The amount at that time.</param>
internal sealed class ProgressRate(long startedAt, ProgressMeasure measure, double amount)
{
    // As in tqdm (https://github.com/tqdm/tqdm, class EMA, smoothing 0.3), amounts and times are smoothed separately, and divided. With each new sample
    // the weight of older samples falls to 0.7. If samples follow each other quickly, it falls more slowly, by age, so that the estimate covers more than
    // a second: to a tenth after 15 seconds, as in indicatif (https://github.com/console-rs/indicatif, EXPONENTIAL_WEIGHTING_SECONDS).
    private const double LeastKept = 0.7;
    private const double SecondsToATenth = 15;

    // Reports of a burst are one sample, so that no time of nearly 0 is divided by.
    private const double LeastSeconds = 0.25;

    private ProgressMeasure _measure = measure;
    private long _sampledAt = startedAt;
    private double _amount = amount;

    // The smoothed sums: of what was done, of the seconds it took, and of the samples.
    private double _done;
    private double _seconds;
    private double _samples;

    /// <summary>Whether to use a report: it is late enough after the last one, or counts in another unit.</summary>
    public bool IsDue(long now, ProgressMeasure measure) => measure != _measure || SecondsSince(now) >= LeastSeconds;

    /// <summary>Uses a report. The estimate restarts if the amount goes back or the unit changes.</summary>
    public void Take(long now, ProgressMeasure measure, double amount)
    {
        double done = amount - _amount;
        if (measure != _measure || done < 0)
        {
            (_measure, _sampledAt, _amount) = (measure, now, amount);
            (_done, _seconds, _samples) = (0, 0, 0);
        }
        else if (done > 0)
        {
            double seconds = SecondsSince(now);
            double kept = Kept(seconds);
            _done = (kept * _done) + done;
            _seconds = (kept * _seconds) + seconds;
            _samples = (kept * _samples) + 1;
            (_sampledAt, _amount) = (now, amount);
        }
    }

    /// <summary>The estimate at a moment, per second; null where there is none yet. A pause that is longer than what is usual between two samples makes it smaller,
    /// the more the longer it is.</summary>
    public double? At(long now, double amount)
    {
        double seconds = SecondsSince(now);
        double done = Math.Max(0, amount - _amount);
        if (done > 0 && seconds >= LeastSeconds)
        {
            return With(done, seconds);
        }

        return _samples > 0 ? With(0, Math.Max(0, seconds - (_seconds / _samples))) : null;
    }

    private static double Kept(double seconds) => Math.Max(LeastKept, Math.Pow(0.1, seconds / SecondsToATenth));

    private double With(double done, double seconds)
    {
        double kept = Kept(seconds);
        return ((kept * _done) + done) / ((kept * _seconds) + seconds);
    }

    private double SecondsSince(long now) => (double)(now - _sampledAt) / TimeSpan.TicksPerSecond;
}
