namespace Workbench;

/// <summary>A piece of work on one candidate group. Where most bytes may be wasted comes first, so that a cancellation finds much done.</summary>
internal readonly record struct ContentJob(long PossibleWaste, bool IsComparison, Func<Task> RunAsync) : IComparable<ContentJob>
{
    public int CompareTo(ContentJob other)
    {
        int byWaste = other.PossibleWaste.CompareTo(PossibleWaste);

        // Among equals, what is begun is brought to an end.
        return byWaste != 0 ? byWaste : other.IsComparison.CompareTo(IsComparison);
    }
}
