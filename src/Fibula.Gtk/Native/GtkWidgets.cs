using System.Runtime.InteropServices;

namespace Fibula;

/// <summary>The functions for a panel, which GTK 3 and 4 share.</summary>
internal static partial class GtkWidgets
{
    private const int AtTheEnd = 3;

    /// <summary>A line of text that is cut where it does not fit, or keeps its width.</summary>
    public static nint Label(string text, bool takesTheRest = false)
    {
        nint label = LabelNew(text);
        SetXAlign(label, 0);
        if (takesTheRest)
        {
            SetEllipsize(label, AtTheEnd);
            SetHExpand(label, 1);
        }

        return label;
    }

    public static nint ProgressBar()
    {
        nint bar = ProgressBarNew();
        SetShowText(bar, 1);
        return bar;
    }

    /// <summary>Puts a widget into a grid. GTK 3 shows it only on request.</summary>
    public static void Attach(nint grid, nint child, int column, int row, int columns = 1)
    {
        GridAttach(grid, child, column, row, columns, 1);
        Show(child);
    }

    public static nint Grid(int spacing)
    {
        nint grid = GridNew();
        SetColumnSpacing(grid, spacing);
        return grid;
    }

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_button_new_with_label", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Button(string text);

    /// <summary>Whether the widget is on the screen, with all that it is in.</summary>
    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_widget_get_mapped")]
    public static partial int IsMapped(nint widget);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_widget_set_sensitive")]
    public static partial void SetSensitive(nint widget, int isSensitive);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_label_set_text", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetText(nint label, string text);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_progress_bar_set_fraction")]
    public static partial void SetFraction(nint bar, double fraction);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_progress_bar_set_text", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetProgressText(nint bar, string text);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_grid_insert_row")]
    public static partial void InsertRow(nint grid, int row);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_grid_remove_row")]
    public static partial void RemoveRow(nint grid, int row);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_grid_new")]
    private static partial nint GridNew();

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_grid_set_column_spacing")]
    private static partial void SetColumnSpacing(nint grid, int spacing);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_grid_attach")]
    private static partial void GridAttach(nint grid, nint child, int column, int row, int columns, int rows);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_widget_show")]
    private static partial void Show(nint widget);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_widget_set_hexpand")]
    private static partial void SetHExpand(nint widget, int expands);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_label_new", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint LabelNew(string text);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_label_set_xalign")]
    private static partial void SetXAlign(nint label, float align);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_label_set_ellipsize")]
    private static partial void SetEllipsize(nint label, int mode);

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_progress_bar_new")]
    private static partial nint ProgressBarNew();

    [LibraryImport(NativeLibraries.Gtk, EntryPoint = "gtk_progress_bar_set_show_text")]
    private static partial void SetShowText(nint bar, int isShown);
}
