namespace Fibula.Benchmarks;

/// <summary>The questions, in the order of the answers.</summary>
internal static class AllQuestions
{
    public static IEnumerable<Comparison> Comparisons() =>
    [
        .. StartingATask.Comparisons(),
        .. ReadingATokenAndReporting.Comparisons(),
        .. NeverSuspending.Comparisons(),
        .. StartingOnTheThreadPool.Comparisons(),
        .. HoldingPendingTasks.Comparisons(),
        .. OwningDroppedCalls.Comparisons(),
        .. OwningAsyncVoid.Comparisons(),
        .. Posting.Comparisons(),
        .. ReportingProgress.Comparisons(),
        .. DeliveringItems.Comparisons(),
        .. ExecutingACommand.Comparisons(),
        .. RestartingACommand.Comparisons(),
        .. ClosingAScope.Comparisons(),
        .. LongestTurn.Comparisons(),
        .. CreatingAChildScope.Comparisons(),
        .. GrowingATree.Comparisons(),
        .. TakingASnapshot.Comparisons(),
        .. StartingCold.Comparisons(),
    ];
}
