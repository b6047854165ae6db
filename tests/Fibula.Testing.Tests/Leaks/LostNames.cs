namespace Fibula.Testing.Tests.Leaks;

/// <summary>Waits in every place where the compiler gives a method a name of its own.</summary>
internal sealed class LostNames<T> : IAsyncDisposable
{
    public LostNames(bool waits)
    {
        Func<Task> wait = async () => await new TaskCompletionSource().Task;
        _ = waits ? wait() : null;
    }

    public async Task WaitAsync<TOther>() => await new TaskCompletionSource<(T, TOther)>().Task;

    async ValueTask IAsyncDisposable.DisposeAsync() => await new TaskCompletionSource().Task;

    public static void Lambda() => Run(async () => await new TaskCompletionSource().Task);

    public static void CapturingLambda(int number) => Run(async () => number += await new TaskCompletionSource<int>().Task);

    public static void LocalFunction()
    {
        _ = CheckAsync();

        static async Task CheckAsync() => await new TaskCompletionSource().Task;
    }

    private static void Run(Func<Task> work) => _ = work();

    public sealed class Inner
    {
        public static async Task WaitAsync() => await new TaskCompletionSource().Task;
    }
}

/// <summary>A type whose name the compiler hides from other files.</summary>
file sealed class Hidden
{
    public static async Task WaitAsync() => await new TaskCompletionSource().Task;
}

/// <summary>The way to it from another file.</summary>
internal static class HiddenWork
{
    public static void Lose() => _ = Hidden.WaitAsync();
}
