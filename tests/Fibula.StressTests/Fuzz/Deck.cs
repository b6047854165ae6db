namespace Fibula.StressTests.Fuzz;

/// <summary>Deals all members in random order, then all again, so that none is left out by chance.</summary>
internal sealed class Deck(IReadOnlyList<Member> members, int seed)
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly List<Member> _left = [];

    /// <summary>The next one that may be called on this thread.</summary>
    public Member Next(bool isUiThread)
    {
        lock (_gate)
        {
            while (true)
            {
                for (int i = _left.Count - 1; i >= 0; i--)
                {
                    if (isUiThread || !_left[i].IsOnUiThread)
                    {
                        Member next = _left[i];
                        _left.RemoveAt(i);
                        return next;
                    }
                }

                Member[] all = [.. members];
                _random.Shuffle(all);
                _left.AddRange(all);
            }
        }
    }
}
