namespace Fibula;

/// <summary>The data of one widget. It is stored in the widget itself, so it disappears with it, and a reused address is not mistaken for it.</summary>
internal sealed class GtkView : IDisposable
{
    private const string Key = "fibula-view";

    private readonly GLibLoop _loop;
    private string? _className;
    private string? _name;

    private GtkView(GLibLoop loop, nint widget)
    {
        _loop = loop;
        Widget = widget;
        Closing = GObject.IsA(widget, "GtkWindow") ? new GtkWindowClosing(loop, widget, this) : null;
    }

    /// <summary>The native object; 0 once that is gone.</summary>
    public nint Widget { get; private set; }

    /// <summary>The closing of a window; null for any other widget.</summary>
    public GtkWindowClosing? Closing { get; }

    /// <summary>The widget that this one is in; null where there is none.</summary>
    public GtkView? Parent => Widget != 0 && GObject.Object(Widget, "parent") is not 0 and var parent ? Of(_loop, parent) : null;

    /// <summary>The name the program gave, else the class where the program has made one, else the title; what people and reports call the widget.</summary>
    public string Name => _name ??= FindName();

    public TaskScope Tasks => _loop.Scopes.Of(this);

    public static GtkView Of(nint widget) => Of(loop: null, widget);

    public static GtkView Of(IGtkWidget widget)
    {
        // Bindings clear the handle of an object they have disposed.
        ObjectDisposedException.ThrowIf(widget.Handle == 0, widget);
        GtkView view = Of(widget.Handle);
        view._className ??= widget.GetType().Name;
        return view;
    }

    /// <summary>The widget is gone.</summary>
    public void Dispose() => Widget = 0;

    private static GtkView Of(GLibLoop? loop, nint widget)
    {
        ArgumentOutOfRangeException.ThrowIfZero(widget);
        GtkView? view = GObject.Data<GtkView>(widget, Key);
        if (view is null)
        {
            view = new GtkView(loop ?? GLibLoop.OfThisThread(widget), widget);
            GObject.SetData(widget, Key, view);
        }

        return view;
    }

    private string FindName()
    {
        string type = GObject.TypeName(Widget);
        if (GObject.Text(Widget, "name") is { Length: > 0 } name && name != type)
        {
            return name;
        }

        return _className ?? (Closing is not null && GObject.Text(Widget, "title") is { Length: > 0 } title ? title : type);
    }
}
