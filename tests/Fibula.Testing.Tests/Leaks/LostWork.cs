using System.Threading.Channels;

namespace Fibula.Testing.Tests.Leaks;

/// <summary>Waits that look harmless and are held by nobody.</summary>
internal static class LostWork
{
    public static async Task LocalSourceAsync() => await new TaskCompletionSource().Task;

    public static async Task<int> LocalSourceAsync<T>(T held)
    {
        await new TaskCompletionSource().Task;
        return held!.GetHashCode();
    }

    public static async Task WaitForAsync(TaskCompletionSource source) => await source.Task;

    public static async Task LocalSemaphoreAsync()
    {
        using var answered = new SemaphoreSlim(0);
        await answered.WaitAsync();
    }

    public static async Task LocalChannelAsync()
    {
        var lines = Channel.CreateUnbounded<string>();
        await lines.Reader.ReadAsync();
    }

    public static async Task LocalFileWatcherAsync()
    {
        using var watcher = new FileSystemWatcher(AppContext.BaseDirectory);
        var appeared = new TaskCompletionSource();
        watcher.Created += (_, _) => appeared.TrySetResult();
        watcher.EnableRaisingEvents = true;
        await appeared.Task;
    }

    public static async void VoidAsync() => await new TaskCompletionSource().Task;

    public static async ValueTask ValueTaskAsync() => await new TaskCompletionSource().Task;

    public static async IAsyncEnumerable<int> NumbersAsync()
    {
        yield return 1;
        await new TaskCompletionSource().Task;
        yield return 2;
    }

    public static async Task ReadNumbersAsync()
    {
        await foreach (int _ in NumbersAsync())
        {
        }
    }
}
