using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fibula.Gtk.Tests.Linux;

/// <summary>What the tests call themselves: they are a program that uses GLib and GTK without a binding.</summary>
internal static unsafe partial class Native
{
    private const string GLib = "libglib-2.0.so.0";

    /// <summary>Runs an action in an iteration of the context, as any source of the toolkit's does.</summary>
    public static void Idle(nint context, Action action)
    {
        nint source = SourceNew();
        SourceSetPriority(source, 0);
        SourceSetCallback(source, &OnIdle, GCHandle.ToIntPtr(GCHandle.Alloc(action)), 0);
        _ = SourceAttach(source, context);
        SourceUnref(source);
    }

    [LibraryImport(GLib, EntryPoint = "g_main_context_new")]
    public static partial nint ContextNew();

    [LibraryImport(GLib, EntryPoint = "g_main_context_iteration")]
    public static partial int Iterate(nint context, int mayBlock);

    [LibraryImport(GLib, EntryPoint = "g_main_context_wakeup")]
    public static partial void WakeUp(nint context);

    [LibraryImport(GLib, EntryPoint = "g_idle_source_new")]
    private static partial nint SourceNew();

    [LibraryImport(GLib, EntryPoint = "g_source_set_priority")]
    private static partial void SourceSetPriority(nint source, int priority);

    [LibraryImport(GLib, EntryPoint = "g_source_set_callback")]
    private static partial void SourceSetCallback(nint source, delegate* unmanaged[Cdecl]<nint, int> callback, nint data, nint free);

    [LibraryImport(GLib, EntryPoint = "g_source_attach")]
    private static partial uint SourceAttach(nint source, nint context);

    [LibraryImport(GLib, EntryPoint = "g_source_unref")]
    private static partial void SourceUnref(nint source);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnIdle(nint data)
    {
        var handle = GCHandle.FromIntPtr(data);
        ((Action)handle.Target!)();
        handle.Free();
        return 0;
    }
}
