using System.Runtime.InteropServices;

namespace Fibula;

/// <summary>The one call for which GTK itself is needed. Only the version is loaded that the window is of, which the program has loaded already.</summary>
internal static partial class GtkWindow
{
    public static bool IsGtk4(nint window) => GObject.HasSignal(window, "close-request");

    public static void Destroy(nint window)
    {
        if (IsGtk4(window))
        {
            Destroy4(window);
        }
        else
        {
            Destroy3(window);
        }
    }

    [LibraryImport(NativeLibraries.Gtk4, EntryPoint = "gtk_window_destroy")]
    private static partial void Destroy4(nint window);

    [LibraryImport(NativeLibraries.Gtk3, EntryPoint = "gtk_widget_destroy")]
    private static partial void Destroy3(nint window);
}
