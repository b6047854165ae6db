using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fibula.Gtk.Tests.Linux;

/// <summary>As much of a binding of GTK 4 as the tests need.</summary>
internal static unsafe partial class Gtk4
{
    public const int NonUnique = 1 << 5;

    private const string Gtk = "libgtk-4.so.1";
    private const string Gio = "libgio-2.0.so.0";
    private const string GObject = "libgobject-2.0.so.0";

    /// <summary>Makes an application that shows its windows on the tests' screen.</summary>
    public static nint MakeApplication()
    {
        _ = SetEnv("DISPLAY", XDisplay.Name, 1);
        _ = SetEnv("GDK_BACKEND", "x11", 1);
        _ = SetEnv("GSK_RENDERER", "cairo", 1);
        _ = SetEnv("GTK_A11Y", "none", 1);
        return ApplicationNew(null, NonUnique);
    }

    /// <summary>Connects a handler of a signal without arguments, or whose argument does not matter.</summary>
    public static void Connect(nint instance, string signal, Func<bool> handler, bool hasArgument = false) =>
        ConnectData(
            instance,
            signal,
            hasArgument ? (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, int>)&OnRaised : (nint)(delegate* unmanaged[Cdecl]<nint, nint, int>)&OnRaised,
            GCHandle.ToIntPtr(GCHandle.Alloc(handler)),
            0,
            0);

    /// <summary>A widget that tells when it is painted.</summary>
    public static nint DrawingArea(Action painted)
    {
        nint area = DrawingAreaNew();
        SetDrawFunc(area, &OnDraw, GCHandle.ToIntPtr(GCHandle.Alloc(painted)), 0);
        return area;
    }

    [LibraryImport(Gio, EntryPoint = "g_application_run")]
    public static partial int Run(nint application, int count, nint arguments);

    [LibraryImport(Gio, EntryPoint = "g_application_quit")]
    public static partial void Quit(nint application);

    [LibraryImport(GObject, EntryPoint = "g_object_ref_sink")]
    public static partial nint RefSink(nint instance);

    [LibraryImport(GObject, EntryPoint = "g_object_unref")]
    public static partial void Unref(nint instance);

    [LibraryImport(Gtk, EntryPoint = "gtk_application_window_new")]
    public static partial nint ApplicationWindowNew(nint application);

    [LibraryImport(Gtk, EntryPoint = "gtk_window_set_default_size")]
    public static partial void SetDefaultSize(nint window, int width, int height);

    [LibraryImport(Gtk, EntryPoint = "gtk_window_set_title", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetTitle(nint window, string title);

    public static string? TitleOf(nint window) => Marshal.PtrToStringUTF8(GetTitle(window));

    public static bool IsSensitive(nint widget) => GetSensitive(widget) != 0;

    [LibraryImport(Gtk, EntryPoint = "gtk_window_set_child")]
    public static partial void SetChild(nint window, nint child);

    [LibraryImport(Gtk, EntryPoint = "gtk_window_present")]
    public static partial void Present(nint window);

    [LibraryImport(Gtk, EntryPoint = "gtk_window_close")]
    public static partial void Close(nint window);

    [LibraryImport(Gtk, EntryPoint = "gtk_window_set_modal")]
    public static partial void SetModal(nint window, int isModal);

    [LibraryImport(Gtk, EntryPoint = "gtk_window_minimize")]
    public static partial void Minimize(nint window);

    [LibraryImport(Gtk, EntryPoint = "gtk_window_set_transient_for")]
    public static partial void SetTransientFor(nint window, nint parent);

    [LibraryImport(Gtk, EntryPoint = "gtk_window_set_destroy_with_parent")]
    public static partial void SetDestroyWithParent(nint window, int isDestroyed);

    [LibraryImport(Gtk, EntryPoint = "gtk_window_destroy")]
    public static partial void Destroy(nint window);

    /// <summary>The text of a label, or in a progress bar.</summary>
    public static string? TextOf(nint widget, bool isProgress) => Marshal.PtrToStringUTF8(isProgress ? ProgressText(widget) : LabelText(widget));

    [LibraryImport(Gtk, EntryPoint = "gtk_grid_get_child_at")]
    public static partial nint ChildAt(nint grid, int column, int row);

    [LibraryImport(Gtk, EntryPoint = "gtk_widget_grab_focus")]
    public static partial int GrabFocus(nint widget);

    /// <summary>The widget with the focus in a window; 0 if none has it.</summary>
    [LibraryImport(Gtk, EntryPoint = "gtk_window_get_focus")]
    public static partial nint FocusOf(nint window);

    [LibraryImport(Gtk, EntryPoint = "gtk_widget_get_first_child")]
    public static partial nint FirstChild(nint widget);

    [LibraryImport(Gtk, EntryPoint = "gtk_widget_set_visible")]
    public static partial void SetVisible(nint widget, int isVisible);

    [LibraryImport(GObject, EntryPoint = "g_signal_emit_by_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void Emit(nint instance, string signal);

    public static bool IsVisible(nint widget) => GetVisible(widget) != 0;

    [LibraryImport(Gtk, EntryPoint = "gtk_window_get_title")]
    private static partial nint GetTitle(nint window);

    [LibraryImport(Gtk, EntryPoint = "gtk_widget_get_sensitive")]
    private static partial int GetSensitive(nint widget);

    [LibraryImport(Gtk, EntryPoint = "gtk_widget_get_visible")]
    private static partial int GetVisible(nint widget);

    [LibraryImport(Gtk, EntryPoint = "gtk_widget_set_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetName(nint widget, string name);

    [LibraryImport(Gtk, EntryPoint = "gtk_widget_set_vexpand")]
    public static partial void SetVExpand(nint widget, int expand);

    [LibraryImport(Gtk, EntryPoint = "gtk_widget_queue_draw")]
    public static partial void QueueDraw(nint widget);

    [LibraryImport(Gtk, EntryPoint = "gtk_button_new_with_label", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ButtonNew(string label);

    [LibraryImport(Gtk, EntryPoint = "gtk_label_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint LabelNew(string text);

    [LibraryImport(Gtk, EntryPoint = "gtk_box_new")]
    public static partial nint BoxNew(int orientation, int spacing);

    [LibraryImport(Gtk, EntryPoint = "gtk_box_append")]
    public static partial void Append(nint box, nint child);

    [LibraryImport(Gtk, EntryPoint = "gtk_box_remove")]
    public static partial void Remove(nint box, nint child);

    [LibraryImport(Gtk, EntryPoint = "gtk_widget_get_display")]
    public static partial nint DisplayOf(nint widget);

    [LibraryImport(Gtk, EntryPoint = "gdk_display_sync")]
    public static partial void Sync(nint display);

    [LibraryImport(Gtk, EntryPoint = "gtk_label_get_text")]
    private static partial nint LabelText(nint label);

    [LibraryImport(Gtk, EntryPoint = "gtk_progress_bar_get_text")]
    private static partial nint ProgressText(nint bar);

    [LibraryImport(Gtk, EntryPoint = "gtk_application_new", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ApplicationNew(string? id, int flags);

    [LibraryImport(Gtk, EntryPoint = "gtk_drawing_area_new")]
    private static partial nint DrawingAreaNew();

    [LibraryImport(Gtk, EntryPoint = "gtk_drawing_area_set_draw_func")]
    private static partial void SetDrawFunc(nint area, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> draw, nint data, nint free);

    [LibraryImport(GObject, EntryPoint = "g_signal_connect_data", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void ConnectData(nint instance, string signal, nint callback, nint data, nint free, int flags);

    [LibraryImport("libglib-2.0.so.0", EntryPoint = "g_setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnRaised(nint instance, nint data) => ((Func<bool>)GCHandle.FromIntPtr(data).Target!)() ? 1 : 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnRaised(nint instance, nint argument, nint data) => ((Func<bool>)GCHandle.FromIntPtr(data).Target!)() ? 1 : 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDraw(nint area, nint cairo, int width, int height, nint data) => ((Action)GCHandle.FromIntPtr(data).Target!)();
}
