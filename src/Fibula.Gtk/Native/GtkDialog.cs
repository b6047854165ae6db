using System.Runtime.InteropServices;

namespace Fibula;

/// <summary>The functions for a dialog, which GTK 3 and 4 share except the one that fills it.</summary>
internal static partial class GtkDialog
{
    /// <summary>Puts a widget into a dialog, with room around it.</summary>
    public static void SetContent(nint dialog, nint content, int margin)
    {
        SetMarginTop(content, margin);
        SetMarginBottom(content, margin);
        SetMarginStart(content, margin);
        SetMarginEnd(content, margin);
        if (GtkWindow.IsGtk4(dialog))
        {
            BoxAppend(ContentArea(dialog), content);
        }
        else
        {
            ContainerAdd(ContentArea(dialog), content);
            WidgetShow(content);
        }
    }

    /// <summary>Shows a dialog, above a window where that is on the screen; the program's windows take no input meanwhile.</summary>
    public static void ShowAbove(nint dialog, nint window, string title)
    {
        SetTitle(dialog, title);
        SetModal(dialog, 1);
        if (GtkWidgets.IsMapped(window) != 0)
        {
            SetTransientFor(dialog, window);
        }

        Present(dialog);
    }

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_dialog_new")]
    public static partial nint New();

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_dialog_add_button", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint AddButton(nint dialog, string text, int response);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_dialog_set_default_response")]
    public static partial void SetDefaultResponse(nint dialog, int response);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_dialog_get_content_area")]
    private static partial nint ContentArea(nint dialog);

    [LibraryImport(NativeLibraries.Gtk4, EntryPoint = "gtk_box_append")]
    private static partial void BoxAppend(nint box, nint child);

    [LibraryImport(NativeLibraries.Gtk3, EntryPoint = "gtk_container_add")]
    private static partial void ContainerAdd(nint container, nint child);

    [LibraryImport(NativeLibraries.Gtk3, EntryPoint = "gtk_widget_show")]
    private static partial void WidgetShow(nint widget);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_window_set_title", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void SetTitle(nint window, string title);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_window_set_modal")]
    private static partial void SetModal(nint window, int isModal);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_window_set_transient_for")]
    private static partial void SetTransientFor(nint window, nint owner);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_window_present")]
    private static partial void Present(nint window);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_widget_set_margin_top")]
    private static partial void SetMarginTop(nint widget, int margin);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_widget_set_margin_bottom")]
    private static partial void SetMarginBottom(nint widget, int margin);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_widget_set_margin_start")]
    private static partial void SetMarginStart(nint widget, int margin);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_widget_set_margin_end")]
    private static partial void SetMarginEnd(nint widget, int margin);
}
