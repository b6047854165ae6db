namespace Fibula;

/// <summary>What is known of one widget. It is kept in the widget itself: gone with it, and no address is taken for that of another.</summary>
internal sealed class GtkView
{
    private const string Key = "fibula-view";

    private readonly GLibLoop _loop;
    private string? _className;
    private TaskScope? _tasks;

    private GtkView(GLibLoop loop, nint widget)
    {
        _loop = loop;
        Widget = widget;
        if (GObject.IsA(widget, "GtkWindow"))
        {
            Closing = new GtkWindowClosing(loop, widget, this);
        }
        else
        {
            Signal.Connect(loop, widget, "destroy", OnDestroyed);
        }
    }

    /// <summary>The native object; while that lives.</summary>
    public nint Widget { get; }

    /// <summary>The closing of a window; null for any other widget.</summary>
    public GtkWindowClosing? Closing { get; }

    /// <summary>The name the program gave, else the class where the program has made one, else the title; what people and reports call the widget.</summary>
    public string Name
    {
        get
        {
            if (_tasks is { } tasks)
            {
                return tasks.Name;
            }

            string type = GObject.TypeName(Widget);
            if (GObject.Text(Widget, "name") is { Length: > 0 } name && name != type)
            {
                return name;
            }

            return _className ?? (Closing is not null && GObject.Text(Widget, "title") is { Length: > 0 } title ? title : type);
        }
    }

    public TaskScope Tasks => _tasks ??= MakeScope();

    public static GtkView Of(nint widget, string? className = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(widget);
        GtkView? view = GObject.Data<GtkView>(widget, Key);
        if (view is null)
        {
            view = new GtkView(GLibLoops.OfThisThread(GObject.TypeName(widget)), widget);
            GObject.SetData(widget, Key, view);
        }

        view._className ??= className;
        return view;
    }

    public static GtkView Of(IGtkWidget widget)
    {
        // Bindings clear the handle of an object they have disposed.
        ObjectDisposedException.ThrowIf(widget.Handle == 0, widget);
        return Of(widget.Handle, widget.GetType().Name);
    }

    /// <summary>Closes the scopes of the widget and of what is in it.</summary>
    public Task CloseAsync() =>
        Task.WhenAll(_loop.WithoutWindow.Where(IsWithin).Append(this).Select(view => view._tasks).OfType<TaskScope>().Select(Close));

    private TaskScope MakeScope()
    {
        if (WindowOf(GObject.Object(Widget, "parent")) is { } window)
        {
            return window.Tasks.CreateChild(Name);
        }

        // It may be put into a window later.
        if (Closing is null)
        {
            _loop.WithoutWindow.Add(this);
        }

        return _loop.App!.Tasks.CreateChild(Name);
    }

    private Task Close(TaskScope scope) => scope.CloseAsync($"'{Name}' was closed.", member: $"'{Name}'", file: null);

    private bool OnDestroyed()
    {
        _loop.WithoutWindow.Remove(this);
        _ = CloseAsync();
        return false;
    }

    private bool IsWithin(GtkView other)
    {
        nint widget = other.Widget;
        while (widget != 0 && widget != Widget)
        {
            widget = GObject.Object(widget, "parent");
        }

        return widget != 0 && other != this;
    }

    private static GtkView? WindowOf(nint widget)
    {
        while (widget != 0 && !GObject.IsA(widget, "GtkWindow"))
        {
            widget = GObject.Object(widget, "parent");
        }

        return widget == 0 ? null : Of(widget);
    }
}
