namespace Fibula;

/// <summary>A part of a task's progress, whose reports count with its weight. Created by
/// <see cref="TaskContext.SplitProgress(ReadOnlySpan{double})"/>.</summary>
/// <remarks>
/// <para><b>Threads.</b> Every member may be used from any thread, and the steps of a task side by side: its progress is their sum at any moment.</para>
/// <para><b>Errors.</b> No member throws if the step no longer counts, because the task has ended, or its parent was reported to directly or split
/// again. Reports then have no effect.</para>
/// <para>Its count and its message are shown until another step reports: <see cref="TaskProgress.Completed"/>.</para>
/// <para>A step without reports counts as 0, as does one with an unknown total. If a step has nothing to do,
/// complete it with <c>Report(1)</c>.</para>
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

    /// <summary>The split that it belongs to.</summary>
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
