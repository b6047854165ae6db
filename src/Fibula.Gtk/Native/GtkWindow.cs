using System.Runtime.InteropServices;

namespace Fibula;

/// <summary>The functions of GTK's windows. Only the version that the program uses is loaded.</summary>
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

    /// <summary>All windows, the active one first and then those that are on the screen; none where the program has not initialized GTK.</summary>
    public static nint[] All() =>
        NativeLibraries.IsGtkLoaded ? [.. Toplevels().OrderByDescending(IsActive).ThenByDescending(GtkWidgets.IsMapped)] : [];

    /// <summary>The windows that are destroyed together with a window that they are transient for.</summary>
    public static IEnumerable<nint> ClosedWith(nint window) =>
        Toplevels().Where(other => GObject.Flag(other, "destroy-with-parent") && GObject.Object(other, "transient-for") == window);

    private static List<nint> Toplevels()
    {
        var windows = new List<nint>();
        nint list = ListToplevels();
        for (nint item = list; item != 0; item = Marshal.ReadIntPtr(item, nint.Size))
        {
            windows.Add(Marshal.ReadIntPtr(item));
        }

        GLib.ListFree(list);
        return windows;
    }

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_window_set_title", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetTitle(nint window, string title);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_window_list_toplevels")]
    private static partial nint ListToplevels();

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_window_is_active")]
    private static partial int IsActive(nint window);

    [LibraryImport(NativeLibraries.Gtk4, EntryPoint = "gtk_window_destroy")]
    private static partial void Destroy4(nint window);

    [LibraryImport(NativeLibraries.Gtk3, EntryPoint = "gtk_widget_destroy")]
    private static partial void Destroy3(nint window);
}
