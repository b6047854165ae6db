namespace Fibula.StressTests.Orders;

/// <summary>Plays every sequence of acts that is possible in a world, the shorter ones first.</summary>
internal static class OrderSearch
{
    /// <summary>Returns how many sequences there are.</summary>
    public static int Run(Func<OrderWorld> create, int depth)
    {
        int count = 0;
        List<string> sequences = [string.Empty];
        for (int length = 0; length <= depth; length++)
        {
            var next = new List<string>();
            foreach (string sequence in sequences)
            {
                Play(create(), sequence, length < depth ? next : null);
            }

            count += sequences.Count;
            sequences = next;
        }

        return count;
    }

    private static void Play(OrderWorld world, string sequence, List<string>? next)
    {
        try
        {
            foreach (char act in sequence)
            {
                world.Play(act);
            }

            if (next is not null)
            {
                next.AddRange(world.Acts.Where(world.CanPlay).Select(act => sequence + act));
            }

            world.Finish();
        }
        catch (Exception error) when (error is BrokenRuleException or InvalidOperationException or TimeoutException)
        {
            Assert.Fail($"{string.Join(", ", sequence.Select(world.Describe))} ({sequence}): {error.Message}");
        }
    }
}
