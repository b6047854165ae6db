using System.Runtime.InteropServices;

namespace Fibula;

/// <summary>The functions of GLib's main loop.</summary>
internal static unsafe partial class GLib
{
    [LibraryImport(NativeLibraries.GLib, EntryPoint = "g_idle_source_new")]
    public static partial nint IdleSourceNew();

    [LibraryImport(NativeLibraries.GLib, EntryPoint = "g_source_set_priority")]
    public static partial void SourceSetPriority(nint source, int priority);

    [LibraryImport(NativeLibraries.GLib, EntryPoint = "g_source_set_callback")]
    public static partial void SourceSetCallback(
        nint source, delegate* unmanaged[Cdecl]<nint, int> callback, nint data, delegate* unmanaged[Cdecl]<nint, void> free);

    [LibraryImport(NativeLibraries.GLib, EntryPoint = "g_source_attach")]
    public static partial uint SourceAttach(nint source, nint context);

    [LibraryImport(NativeLibraries.GLib, EntryPoint = "g_source_unref")]
    public static partial void SourceUnref(nint source);

    [LibraryImport(NativeLibraries.GLib, EntryPoint = "g_main_context_iteration")]
    public static partial int MainContextIteration(nint context, int mayBlock);

    [LibraryImport(NativeLibraries.GLib, EntryPoint = "g_main_loop_new")]
    public static partial nint MainLoopNew(nint context, int isRunning);

    [LibraryImport(NativeLibraries.GLib, EntryPoint = "g_main_loop_run")]
    public static partial void MainLoopRun(nint loop);

    [LibraryImport(NativeLibraries.GLib, EntryPoint = "g_main_loop_quit")]
    public static partial void MainLoopQuit(nint loop);

    [LibraryImport(NativeLibraries.GLib, EntryPoint = "g_main_loop_unref")]
    public static partial void MainLoopUnref(nint loop);

    [LibraryImport(NativeLibraries.GLib, EntryPoint = "g_list_free")]
    public static partial void ListFree(nint list);
}
