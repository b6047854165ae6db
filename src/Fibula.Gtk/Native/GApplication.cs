using System.Runtime.InteropServices;

namespace Fibula;

/// <summary>The functions of GIO's applications.</summary>
internal static partial class GApplication
{
    public static bool IsRemote(nint application) => GetIsRemote(application) != 0;

    [LibraryImport(NativeLibraries.Gio, EntryPoint = "g_application_register")]
    public static partial int Register(nint application, nint cancellable, nint error);

    [LibraryImport(NativeLibraries.Gio, EntryPoint = "g_application_hold")]
    public static partial void Hold(nint application);

    [LibraryImport(NativeLibraries.Gio, EntryPoint = "g_application_run")]
    public static partial int Run(nint application, int count, nint arguments);

    [LibraryImport(NativeLibraries.Gio, EntryPoint = "g_application_quit")]
    public static partial void Quit(nint application);

    [LibraryImport(NativeLibraries.Gio, EntryPoint = "g_application_get_is_remote")]
    private static partial int GetIsRemote(nint application);
}
