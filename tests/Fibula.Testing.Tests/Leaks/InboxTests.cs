using System.Threading.Channels;

namespace Fibula.Testing.Tests.Leaks;

/// <summary>The code of docs/guide/why-tasks-get-lost.md.</summary>
[Collection<LostTasksCollection>]
// docs: find
public sealed class InboxTests : IAsyncDisposable
{
    private readonly LostTaskWatch _lost = TaskLeaks.WatchForLostTasks();

    public ValueTask DisposeAsync() => _lost.DisposeAsync();

    [Fact]
    public void Show_WaitsForMail()
    {
        var loop = new TestLoop();
        var inbox = new Inbox(new TaskScope(loop, "inbox"));

        inbox.Show();
        loop.RunUntilIdle();

        Assert.True(inbox.IsWaiting);
    }
}

internal sealed class Inbox(TaskScope tasks)
{
    public bool IsWaiting { get; private set; }

    public void Show() => tasks.Run(WaitForMailAsync);      // _ = WaitForMailAsync(default);  fails the test

    private async Task WaitForMailAsync(CancellationToken cancellationToken)
    {
        var mails = Channel.CreateUnbounded<string>();
        IsWaiting = true;
        await mails.Reader.ReadAsync(cancellationToken);
        IsWaiting = false;
    }
}
// docs: end
