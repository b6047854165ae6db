namespace Fibula.Tests.Conformance;

/// <summary>The loop is over the context of a thread it knows, and the app is attached there.</summary>
internal sealed class OwnedContextHost : ContextHost
{
    public override string Name => "SynchronizationContextLoop on a thread";

    protected override SynchronizationContextLoop MakeLoop(PumpingContext context) => new(context, Thread.CurrentThread, context.Stop);

    protected override void AttachOnUiThread(UiApp app, SynchronizationContextLoop loop) => app.Attach(loop);
}
