namespace Fibula.Tests.Conformance;

/// <summary>The loop knows nothing but the context, and the app is attached from another thread.</summary>
internal sealed class FreeContextHost : ContextHost
{
    public override string Name => "SynchronizationContextLoop without a thread";

    protected override SynchronizationContextLoop MakeLoop(PumpingContext context) => new(context, quit: context.Stop);

    protected override void AttachElsewhere(UiApp app, Task<SynchronizationContextLoop> loop) => app.Attach(loop.Result);
}
