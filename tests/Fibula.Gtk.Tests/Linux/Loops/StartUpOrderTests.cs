namespace Fibula.Gtk.Tests.Linux.Loops;

/// <summary>Where an <c>await</c> goes on that was begun while the application starts: written by hand, and the same with Fibula.</summary>
[Collection("GTK")]
public sealed class StartUpOrderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    [Trait("Behaviour", "B3")]
    public async Task Await_BegunWhileTheApplicationStarts_GoesOnOnTheUiThreadOnlyWithFibula()
    {
        var byHand = new TaskCompletionSource<string>();
        var withFibula = new TaskCompletionSource<string>();

        await using GtkProgram program = await GtkProgram.StartAsync(activate: started =>
        {
            _ = GoOnAsync(byHand);
            started.App.Tasks.Run(() => GoOnAsync(withFibula));
        });

        Assert.Equal("pool", await byHand.Task.WaitAsync(Patience, TimeProvider.System));
        Assert.Equal("gtk", await withFibula.Task.WaitAsync(Patience, TimeProvider.System));
    }

    [Fact]
    [Trait("Behaviour", "B135")]
    public async Task UseFibula_Twice_SaysThatItIsDone()
    {
        Exception? second = null;

        await using GtkProgram program = await GtkProgram.StartAsync(activate: started =>
            second = Record.Exception(() => GtkHandles.UseFibula(started.Application)));

        Assert.Equal(
            "The GtkApplication has a Fibula loop already. Call UseFibula() once, before it runs.", Assert.IsType<InvalidOperationException>(second).Message);
    }

    private static async Task GoOnAsync(TaskCompletionSource<string> wentOnOn)
    {
        await Task.Yield();
        wentOnOn.SetResult(Thread.CurrentThread.IsThreadPoolThread ? "pool" : GtkProgram.Thread);
    }
}
