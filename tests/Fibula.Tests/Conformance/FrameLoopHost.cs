using System.Collections.Concurrent;
using Fibula.Testing;

namespace Fibula.Tests.Conformance;

/// <summary>A program that owns its frame loop, as games do: input, the pump, a frame painted, and again.</summary>
internal abstract class FrameLoopHost : LoopHost
{
    private readonly ConcurrentQueue<Action> _input = new();
    private readonly ConcurrentQueue<TaskCompletionSource> _repaints = new();
    private volatile bool _isWindowClosed;
    private ManualLoop? _loop;

    public override Task RunAsync(UiApp app) => RunOnUiThread(() =>
    {
        ManualLoop loop = _loop = MakeLoop();
        try
        {
            app.Attach(loop);
            while (!_isWindowClosed && RunFrame())
            {
                WaitForFrame();
            }
        }
        finally
        {
            loop.End();
            CloseDown();
        }
    });

    public override void InjectInput(Action received)
    {
        _input.Enqueue(received);
        Wake();
    }

    public override Task RepaintAsync()
    {
        var painted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _repaints.Enqueue(painted);
        Wake();
        return painted.Task;
    }

    public override void RunNestedLoop(Task until)
    {
        until.ContinueWith(_ => Wake(), TaskScheduler.Default);
        while (!until.IsCompleted && RunFrame())
        {
            WaitForFrame();
        }
    }

    public override void EndByItself()
    {
        _isWindowClosed = true;
        Wake();
    }

    protected static Dictionary<LoopFeature, string> LacksOfAll() => new()
    {
        [LoopFeature.Windows] = "The program's windows are its own.",
        [LoopFeature.HeldEnd] = "The program ends its frame loop itself; it asks the app first, or calls End afterwards.",
    };

    protected abstract ManualLoop MakeLoop();

    protected abstract void WaitForFrame();

    protected virtual void Wake()
    {
    }

    protected virtual void Paint()
    {
    }

    protected virtual void CloseDown()
    {
    }

    private bool RunFrame()
    {
        for (int waiting = _input.Count; waiting > 0 && _input.TryDequeue(out Action? handler); waiting--)
        {
            handler();
        }

        bool goesOn = _loop!.Pump();
        Paint();
        for (int waiting = _repaints.Count; waiting > 0 && _repaints.TryDequeue(out TaskCompletionSource? painted); waiting--)
        {
            painted.SetResult();
        }

        return goesOn;
    }
}
