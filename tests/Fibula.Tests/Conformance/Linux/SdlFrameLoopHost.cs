using System.Collections.Concurrent;
using Fibula.Testing;

namespace Fibula.Tests.Conformance.Linux;

/// <summary>A program with SDL 2, as games have: it sleeps until there is an event, pumps, and draws a frame.</summary>
internal sealed class SdlFrameLoopHost : FrameLoopHost
{
    private readonly ConcurrentQueue<Action> _keys = new();
    private volatile Sdl2? _sdl;

    public override string Name => "ManualLoop in an SDL 2 program";

    public override IReadOnlyDictionary<LoopFeature, string> Lacks { get; } = LacksOfAll();

    public override void InjectInput(Action received)
    {
        _keys.Enqueue(received);
        _sdl!.PressKey();
    }

    protected override ManualLoop MakeLoop()
    {
        _sdl = new Sdl2();
        return new ManualLoop(Wake);
    }

    protected override void WaitForFrame()
    {
        for (int keys = Sdl2.WaitForEvents(); keys > 0 && _keys.TryDequeue(out Action? handler); keys--)
        {
            handler();
        }
    }

    protected override void Wake() => _sdl!.Wake();

    protected override void Paint() => _sdl!.Draw();

    protected override void CloseDown() => _sdl!.Dispose();
}
