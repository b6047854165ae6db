using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fibula;

/// <summary>Asks a main context for turns. Never by g_main_context_invoke: where nobody iterates the context yet, that runs the turn on the
/// caller's thread.</summary>
internal sealed unsafe class TurnSource(nint context, Action turn, Action<string> writeLine)
{
    // Lower numbers come first: GTK takes input at 0, and lays out and paints at 110 and 120.
    private const int WithInput = 0;
    private const int AfterPaint = 200;

    public void Request(bool yielding)
    {
        nint source = GLib.IdleSourceNew();
        GLib.SourceSetPriority(source, yielding ? AfterPaint : WithInput);
        GLib.SourceSetCallback(source, &OnTurn, GCHandle.ToIntPtr(GCHandle.Alloc(this)), &OnFreed);
        _ = GLib.SourceAttach(source, context);
        GLib.SourceUnref(source);
    }

    // No exception may leave it, since the caller is C.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnTurn(nint data)
    {
        const int IsDone = 0;
        ((TurnSource)GCHandle.FromIntPtr(data).Target!).Run();
        return IsDone;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnFreed(nint data) => GCHandle.FromIntPtr(data).Free();

    private void Run()
    {
        try
        {
            turn();
        }
        catch (Exception error)
        {
            writeLine($"A turn of the GLib loop failed: {error}");
        }
    }
}
