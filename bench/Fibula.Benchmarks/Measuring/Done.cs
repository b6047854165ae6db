namespace Fibula.Benchmarks;

/// <summary>Counts the operations that contestants have done, so that none is faster by leaving some out.</summary>
internal static class Done
{
    private static int _count;

    public static int Count => Volatile.Read(ref _count);

    public static void Add() => _count++;

    public static void Add(int operations) => _count += operations;

    public static void AddOnAnyThread() => Interlocked.Increment(ref _count);

    /// <summary>Begins to count again.</summary>
    /// <exception cref="InvalidOperationException">Another number of operations was done.</exception>
    public static void Expect(int operations)
    {
        int count = Interlocked.Exchange(ref _count, 0);
        if (count != operations)
        {
            throw new InvalidOperationException($"{count} operations were done instead of {operations}.");
        }
    }
}
