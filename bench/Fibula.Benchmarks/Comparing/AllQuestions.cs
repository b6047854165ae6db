namespace Fibula.Benchmarks;

/// <summary>The questions by topic, in the order of the answers.</summary>
internal static class AllQuestions
{
    private static readonly (string Name, Func<IEnumerable<Comparison>> Comparisons)[] All =
    [
        (nameof(StartingATask), StartingATask.Comparisons),
        (nameof(ReadingATokenAndReporting), ReadingATokenAndReporting.Comparisons),
        (nameof(NeverSuspending), NeverSuspending.Comparisons),
        (nameof(StartingOnTheThreadPool), StartingOnTheThreadPool.Comparisons),
        (nameof(HoldingPendingTasks), HoldingPendingTasks.Comparisons),
        (nameof(OwningDroppedCalls), OwningDroppedCalls.Comparisons),
        (nameof(OwningAsyncVoid), OwningAsyncVoid.Comparisons),
        (nameof(Posting), Posting.Comparisons),
        (nameof(ReportingProgress), ReportingProgress.Comparisons),
        (nameof(DeliveringItems), DeliveringItems.Comparisons),
        (nameof(ExecutingACommand), ExecutingACommand.Comparisons),
        (nameof(RestartingACommand), RestartingACommand.Comparisons),
        (nameof(ClosingAScope), ClosingAScope.Comparisons),
        (nameof(LongestTurn), LongestTurn.Comparisons),
        (nameof(CreatingAChildScope), CreatingAChildScope.Comparisons),
        (nameof(GrowingATree), GrowingATree.Comparisons),
        (nameof(TakingASnapshot), TakingASnapshot.Comparisons),
        (nameof(StartingCold), StartingCold.Comparisons),
    ];

    public static IEnumerable<string> Topics => All.Select(static topic => topic.Name);

    /// <summary>The questions of one topic; of all if null.</summary>
    public static IEnumerable<Comparison> Comparisons(string? topic = null) =>
        All.Where(one => topic is null || one.Name == topic).SelectMany(static one => one.Comparisons());
}
