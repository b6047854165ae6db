using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fibula.Benchmarks;

/// <summary>GLib's own way to run a callback on the thread of the default main context, as a binding calls it.</summary>
internal static unsafe partial class GLibIdle
{
    private const string GLib = "libglib-2.0.so.0";

    public static void Add(Action callback) => _ = IdleAdd(&OnIdle, GCHandle.ToIntPtr(GCHandle.Alloc(callback)));

    /// <summary>Runs what is ready on the default main context, and waits for it if nothing is.</summary>
    public static void Iterate() => _ = MainContextIteration(context: 0, mayBlock: 1);

    /// <summary>Runs what is ready.</summary>
    public static void Drain()
    {
        while (MainContextIteration(context: 0, mayBlock: 0) != 0)
        {
        }
    }

    // No exception may leave it, since the caller is C: the callbacks here throw none.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnIdle(nint data)
    {
        const int IsDone = 0;
        var handle = GCHandle.FromIntPtr(data);
        var callback = (Action)handle.Target!;
        handle.Free();
        callback();
        return IsDone;
    }

    [LibraryImport(GLib, EntryPoint = "g_idle_add")]
    private static partial uint IdleAdd(delegate* unmanaged[Cdecl]<nint, int> callback, nint data);

    [LibraryImport(GLib, EntryPoint = "g_main_context_iteration")]
    private static partial int MainContextIteration(nint context, int mayBlock);
}
