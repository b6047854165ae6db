namespace Fibula;

/// <summary>What a look at the tasks that were asked to cancel has found.</summary>
/// <param name="Tasks">Those whose time is over, each for the first time.</param>
/// <param name="Next">When the next one's is; <see cref="TimeSpan.MaxValue"/> for nobody's.</param>
/// <param name="Rung">The timer that has rung, to be disposed of.</param>
internal readonly record struct UnresponsiveFindings(List<BackgroundTask> Tasks, TimeSpan Next, ITimer? Rung);
