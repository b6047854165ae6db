using System.Runtime.CompilerServices;

namespace Fibula.Gtk.Tests.Linux.Loops;

public sealed class GLibLoopTests : IDisposable
{
    private readonly nint _context = Native.ContextNew();
    private readonly List<GLibLoop> _loops = [];

    public void Dispose() => _loops.ForEach(loop => loop.End());

    [Fact]
    [Trait("Behaviour", "B9")]
    public void Exit_OfAnAppOnAHostsLoop_QuitsThatOnceTheTasksHaveEnded()
    {
        int quits = 0;
        GLibLoop loop = MakeLoop(quit: () => quits++);
        UiApp app = loop.UseFibula();
        BackgroundTask task = app.Tasks.Run(token => new TaskCompletionSource().Task.WaitAsync(token));

        app.Exit();
        IterateUntil(() => quits > 0);

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Equal(1, quits);
        Assert.True(loop.HasEnded);
    }

    [Fact]
    [Trait("Behaviour", "B47")]
    public void Fault_ThatNobodyHandles_GoesToTheBindingsHandler()
    {
        var errors = new List<Exception>();
        UiApp app = MakeLoop(unhandled: errors.Add).UseFibula();

        app.Tasks.Run(() => throw new InvalidDataException("no price"));
        IterateUntil(() => errors.Count > 0);

        Assert.IsType<InvalidDataException>(Assert.Single(errors));
    }

    [Fact]
    [Trait("Behaviour", "B2")]
    public async Task Post_FromThePoolBeforeAnybodyIterates_WaitsForTheUiThread()
    {
        int? ranOn = null;
        UiApp app = MakeLoop().UseFibula();

        await Task.Run(() => app.Post(() => ranOn = Environment.CurrentManagedThreadId), TestContext.Current.CancellationToken);
        int? before = ranOn;
        IterateUntil(() => ranOn is not null);

        Assert.Null(before);
        Assert.Equal(Environment.CurrentManagedThreadId, ranOn);
    }

    [Fact]
    [Trait("Behaviour", "B57")]
    public void End_WithARunningTask_TellsIt()
    {
        GLibLoop loop = MakeLoop();
        UiApp app = loop.UseFibula();
        BackgroundTask task = app.Tasks.Run(token => new TaskCompletionSource().Task.WaitAsync(token));
        IterateUntil(() => task.State == BackgroundTaskState.Running);

        loop.End();

        Assert.False(app.Post(() => { }));
        Assert.Equal("The UI loop of", task.CancelReason?.Message[..14]);
    }

    [Fact]
    [Trait("Behaviour", "B14")]
    public void Loop_ThatHasEnded_IsHeldByNobody()
    {
        WeakReference loop = RunALoop(_context);

        while (Native.Iterate(_context, mayBlock: 0) != 0)
        {
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(loop.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RunALoop(nint context)
    {
        var loop = new GLibLoop(context: context);
        var app = new UiApp();
        app.Tasks.Run(async () =>
        {
            await Task.Yield();
            app.Exit();
        });
        app.Run(loop);
        return new WeakReference(loop);
    }

    private GLibLoop MakeLoop(Action? quit = null, Action<Exception>? unhandled = null)
    {
        var loop = new GLibLoop(quit, unhandled, _context);
        _loops.Add(loop);
        return loop;
    }

    private void IterateUntil(Func<bool> isSo)
    {
        while (!isSo())
        {
            _ = Native.Iterate(_context, mayBlock: 1);
        }
    }
}
