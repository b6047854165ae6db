namespace Fibula;

/// <summary>
/// Captured by the one continuation that watches a task's work, so that it runs at once on whichever thread ends the work,
/// a UI thread included: the state is then set before any awaiter resumes. Never current while anybody's code runs.
/// </summary>
internal sealed class InlineContext : SynchronizationContext
{
    public static InlineContext Instance { get; } = new();

    public override void Post(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;
}
