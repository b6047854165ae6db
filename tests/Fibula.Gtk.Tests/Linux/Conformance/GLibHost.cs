using Fibula.Testing;

namespace Fibula.Gtk.Tests.Linux.Conformance;

/// <summary>A main context without a display, iterated by the loop itself.</summary>
internal sealed class GLibHost : LoopHost
{
    private readonly nint _context = Native.ContextNew();

    public override string Name => "GLibLoop";

    public override IReadOnlyDictionary<LoopFeature, string> Lacks { get; } = new Dictionary<LoopFeature, string>
    {
        [LoopFeature.Windows] = "It is run without a display.",
        [LoopFeature.Paint] = "It is run without a display.",
        [LoopFeature.HeldEnd] = "It ends only when the app has left.",
        [LoopFeature.SuddenEnd] = "It ends only when the app has left.",
    };

    public override Task RunAsync(UiApp app) => RunOnUiThread(() => app.Run(new GLibLoop(context: _context)));

    // What GTK does with a key: a source at its priority.
    public override void InjectInput(Action received) => Native.Idle(_context, received);

    public override void RunNestedLoop(Task until)
    {
        until.ContinueWith(_ => Native.WakeUp(_context), TaskScheduler.Default);
        while (!until.IsCompleted)
        {
            _ = Native.Iterate(_context, mayBlock: 1);
        }
    }
}
