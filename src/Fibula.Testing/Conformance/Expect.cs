namespace Fibula.Testing;

/// <summary>How a case says what must hold. Each failure is a sentence about what happened.</summary>
internal static class Expect
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static void True(bool kept, string broken)
    {
        if (!kept)
        {
            throw new ConformanceException(broken);
        }
    }

    public static void False(bool isBroken, string broken) => True(!isBroken, broken);

    public static void Equal<T>(T expected, T actual, string broken) =>
        True(EqualityComparer<T>.Default.Equals(expected, actual), $"{broken} Expected: {expected}. Was: {actual}.");

    public static void Sequence<T>(IEnumerable<T> expected, IEnumerable<T> actual, string broken) =>
        True(expected.SequenceEqual(actual), $"{broken} Expected: {string.Join(", ", expected)}. Was: {string.Join(", ", actual)}.");

    public static void Contains(string part, string? text, string broken) =>
        True(text?.Contains(part, StringComparison.Ordinal) == true, $"{broken} '{part}' is missing in: {text}");

    /// <summary>Waits for a signal. Its error is thrown as it is.</summary>
    public static async Task HappensAsync(Task signal, string broken)
    {
        try
        {
            await signal.WaitAsync(Limit, TimeProvider.System);
        }
        catch (TimeoutException error) when (!signal.IsCompleted)
        {
            throw new ConformanceException($"{broken} It did not happen within {Limit.TotalSeconds} s.", error);
        }
    }

    /// <inheritdoc cref="HappensAsync(Task, string)"/>
    public static async Task<T> HappensAsync<T>(Task<T> signal, string broken)
    {
        await HappensAsync((Task)signal, broken);
        return await signal;
    }

    /// <summary>Waits for the end of a task, however it ends.</summary>
    public static async Task EndsAsync(BackgroundTask task)
    {
        try
        {
            await Task.WhenAny(task.AsTask()).WaitAsync(Limit, TimeProvider.System);
        }
        catch (TimeoutException error)
        {
            throw new ConformanceException($"A task has not ended within {Limit.TotalSeconds} s. {task.Explain()}", error);
        }
    }

    /// <summary>Waits for an error of one type.</summary>
    public static async Task<TError> ThrowsAsync<TError>(Task task, string broken)
        where TError : Exception
    {
        try
        {
            await HappensAsync(task, broken);
        }
        catch (TError error)
        {
            return error;
        }

        throw new ConformanceException(broken);
    }
}
