using Fibula.Testing;

namespace Fibula.Tests.Conformance;

/// <summary>A toolkit of which only the context is known. What it does with an unhandled error is to end.</summary>
internal abstract class ContextHost : LoopHost
{
    private PumpingContext? _context;

    public override IReadOnlyDictionary<LoopFeature, string> Lacks { get; } = new Dictionary<LoopFeature, string>
    {
        [LoopFeature.Windows] = "A context knows of no windows.",
        [LoopFeature.Input] = "A context knows of no input, nor in which order its toolkit takes it.",
        [LoopFeature.Paint] = "A context knows of no painting, nor in which order its toolkit does it.",
        [LoopFeature.HeldEnd] = "A context cannot tell that its toolkit ends; the host calls End afterwards.",
    };

    public override Task RunAsync(UiApp app)
    {
        var loop = new TaskCompletionSource<SynchronizationContextLoop>();
        Task ended = RunOnUiThread(() =>
        {
            PumpingContext context = _context = new PumpingContext(OnError);
            SynchronizationContext.SetSynchronizationContext(context);
            loop.SetResult(MakeLoop(context));
            try
            {
                AttachOnUiThread(app, loop.Task.Result);
                context.Run();
            }
            finally
            {
                loop.Task.Result.End();
            }
        });
        AttachElsewhere(app, loop.Task);
        return ended;
    }

    public override void RunNestedLoop(Task until) => _context!.RunUntil(until);

    public override void EndByItself() => _context!.Stop();

    protected abstract SynchronizationContextLoop MakeLoop(PumpingContext context);

    protected virtual void AttachOnUiThread(UiApp app, SynchronizationContextLoop loop)
    {
    }

    protected virtual void AttachElsewhere(UiApp app, Task<SynchronizationContextLoop> loop)
    {
    }

    private void OnError(Exception error)
    {
        AddUnhandledError(error);
        _context!.Stop();
    }
}
