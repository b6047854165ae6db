namespace Fibula;

/// <summary>A part of a task's progress: what is reported to it counts with its weight. Made by
/// <see cref="TaskContext.SplitProgress(ReadOnlySpan{double})"/>.</summary>
/// <remarks>
/// <para><b>Threads.</b> Every member may be used from any thread, and the steps of a task side by side: its progress is their sum at any moment.</para>
/// <para><b>Errors.</b> Nothing here throws for a step that does not count any more, because the task has ended or what was split has reported by itself or was split
/// anew: reports are then without effect.</para>
/// <para>What it counts is shown, as its message is, until another step reports: <see cref="TaskProgress.Completed"/>.</para>
/// <para>A step that nobody has reported to stands at 0. One of which it is not known how much there is does so too; with nothing to do,
/// <c>Report(1)</c> is its end.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/ProgressExampleTests.cs#step">
/// private async Task HashAsync(string[] files, TaskContext task, ProgressStep step)
/// {
///     step.Report(0, files.Length, "hashing");
///     foreach (string file in files)
///     {
///         await HashAsync(file, task);
///         step.Advance();
///     }
/// }
/// </code>
/// </example>
public sealed class ProgressStep
{
    private readonly ProgressState _progress;
    private ProgressAmount _amount = new(0);

    internal ProgressStep(ProgressState progress, ProgressSplit split)
    {
        _progress = progress;
        Origin = split;
    }

    /// <summary>Under the lock of the progress.</summary>
    internal ref ProgressAmount Amount => ref _amount;

    /// <summary>What it is a step of.</summary>
    internal ProgressSplit Origin { get; }

    /// <inheritdoc cref="TaskContext.Report(double, string)"/>
    public void Report(double fraction, string? message = null) => _progress.Report(fraction, message, this);

    /// <inheritdoc cref="TaskContext.Report(long, long, string)"/>
    public void Report(long completed, long total, string? message = null) => _progress.Report(completed, total, message, this);

    /// <inheritdoc cref="TaskContext.Report(string)"/>
    public void Report(string message) => _progress.Report(message, this);

    /// <inheritdoc cref="TaskContext.Advance(long)"/>
    public void Advance(long count = 1) => _progress.Advance(count, this);

    /// <summary>Splits the step into steps of its own, each with a share of it.</summary>
    /// <inheritdoc cref="TaskContext.SplitProgress(ReadOnlySpan{double})"/>
    public ProgressStep[] Split(params ReadOnlySpan<double> weights) => _progress.Split(weights, this);
}
