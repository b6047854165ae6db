using System.Runtime.InteropServices;

namespace Fibula.Gtk.Tests.Linux.Panels;

/// <summary>The dialog of GTK 4 that is on the screen, as somebody before it sees and uses it.</summary>
internal static partial class Gtk4Dialog
{
    private const string Gtk = "libgtk-4.so.1";

    /// <summary>The texts of its lines; none where no dialog is on the screen.</summary>
    public static IReadOnlyList<string?> Lines()
    {
        nint grid = Shown() is [nint dialog, ..] ? Gtk4.FirstChild(ContentArea(dialog)) : 0;
        return [.. Enumerable.Range(0, 10).Select(row => grid == 0 ? 0 : Gtk4.ChildAt(grid, 0, row)).TakeWhile(label => label != 0).Select(label => Gtk4.TextOf(label, isProgress: false))];
    }

    /// <summary>The texts of its buttons; none where no dialog is on the screen.</summary>
    public static List<string> Answers() => Shown() is [nint dialog, ..]
        ? [.. Enumerable.Range(0, 10).Select(response => ButtonOf(dialog, response)).TakeWhile(button => button != 0).Select(button => Marshal.PtrToStringUTF8(LabelOf(button))!)]
        : [];

    public static int Count() => Shown().Count;

    /// <summary>Clicks on the button of a response with the mouse.</summary>
    public static async Task ClickAsync(int response)
    {
        (int x, int y) = await PlaceOfAsync(response);
        XDisplay.Click(x, y);
    }

    /// <summary>Presses Escape, with the mouse above the dialog.</summary>
    public static async Task PressEscapeAsync()
    {
        const int Escape = 0xFF1B;
        (int x, int y) = await PlaceOfAsync(response: 0);
        XDisplay.Press(Escape, x, y);
    }

    /// <summary>What the close button of the title bar does.</summary>
    public static Task CloseAsync() => GtkProgram.OnUiAsync(() => Gtk4.Close(Shown()[0]));

    private static List<nint> Shown()
    {
        var dialogs = new List<nint>();
        nint list = ListToplevels();
        for (nint item = list; item != 0; item = Marshal.ReadIntPtr(item, nint.Size))
        {
            nint window = Marshal.ReadIntPtr(item);
            if (Gtk4.IsVisible(window) && Marshal.PtrToStringUTF8(TypeName(window)) == "GtkDialog")
            {
                dialogs.Add(window);
            }
        }

        ListFree(list);
        return dialogs;
    }

    private static async Task<(int X, int Y)> PlaceOfAsync(int response)
    {
        // Before its first paint a window has no layout.
        await GtkProgram.UntilAsync(() => Shown() is [nint dialog, ..] && Width(ButtonOf(dialog, response)) > 0 && FrameCounter(FrameClock(dialog)) > 0);
        return await GtkProgram.OnUiAsync(() => PlaceOf(Shown()[0], ButtonOf(Shown()[0], response)));
    }

    private static (int X, int Y) PlaceOf(nint dialog, nint button)
    {
        Translate(button, dialog, Width(button) / 2.0, Height(button) / 2.0, out double x, out double y);
        SurfaceTransform(dialog, out double left, out double top);
        Gtk4.Sync(Gtk4.DisplayOf(dialog));
        return XDisplay.PlaceOf(XidOf(SurfaceOf(dialog)), (int)(x + left), (int)(y + top));
    }

    [LibraryImport(Gtk, EntryPoint = "gtk_window_list_toplevels")]
    private static partial nint ListToplevels();

    [LibraryImport("libglib-2.0.so.0", EntryPoint = "g_list_free")]
    private static partial void ListFree(nint list);

    [LibraryImport("libgobject-2.0.so.0", EntryPoint = "g_type_name_from_instance")]
    private static partial nint TypeName(nint instance);

    [LibraryImport(Gtk, EntryPoint = "gtk_dialog_get_content_area")]
    private static partial nint ContentArea(nint dialog);

    [LibraryImport(Gtk, EntryPoint = "gtk_dialog_get_widget_for_response")]
    private static partial nint ButtonOf(nint dialog, int response);

    [LibraryImport(Gtk, EntryPoint = "gtk_button_get_label")]
    private static partial nint LabelOf(nint button);

    [LibraryImport(Gtk, EntryPoint = "gtk_widget_get_width")]
    private static partial int Width(nint widget);

    [LibraryImport(Gtk, EntryPoint = "gtk_widget_get_height")]
    private static partial int Height(nint widget);

    [LibraryImport(Gtk, EntryPoint = "gtk_widget_translate_coordinates")]
    private static partial int Translate(nint from, nint to, double x, double y, out double toX, out double toY);

    [LibraryImport(Gtk, EntryPoint = "gtk_native_get_surface_transform")]
    private static partial void SurfaceTransform(nint native, out double x, out double y);

    [LibraryImport(Gtk, EntryPoint = "gtk_native_get_surface")]
    private static partial nint SurfaceOf(nint native);

    [LibraryImport(Gtk, EntryPoint = "gdk_x11_surface_get_xid")]
    private static partial nint XidOf(nint surface);

    [LibraryImport(Gtk, EntryPoint = "gtk_widget_get_frame_clock")]
    private static partial nint FrameClock(nint widget);

    [LibraryImport(Gtk, EntryPoint = "gdk_frame_clock_get_frame_counter")]
    private static partial long FrameCounter(nint clock);
}
