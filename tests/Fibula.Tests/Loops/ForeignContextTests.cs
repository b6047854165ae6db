using Fibula.Tests.Conformance;

namespace Fibula.Tests.Loops;

/// <summary>A program of a toolkit without an adapter, of which only the context is known.</summary>
public sealed class ForeignContextTests : IDisposable
{
    private readonly SynchronizationContext? _callers = SynchronizationContext.Current;

    public void Dispose() => SynchronizationContext.SetSynchronizationContext(_callers);

    [Fact, Trait("Behaviour", "B3")]
    public void UseFibula_OverTheContextOfAToolkit_RunsWorkOnItsThread()
    {
        var toolkit = new PumpingContext(static _ => { });
        SynchronizationContext.SetSynchronizationContext(toolkit);
        Thread? thread = null;

        async Task LoadAsync()
        {
            await Task.Yield();
            thread = Thread.CurrentThread;
            toolkit.Stop();
        }

        // docs: use
        var loop = new SynchronizationContextLoop(SynchronizationContext.Current!, Thread.CurrentThread);
        UiApp app = loop.UseFibula(options => options.OnRunning = LoadAsync);
        // docs: end
        toolkit.Run();
        loop.End();

        Assert.Same(Thread.CurrentThread, thread);
        Assert.Equal(0, app.CloseReport!.LostCount);
    }
}
