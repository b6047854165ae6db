namespace Fibula;

/// <summary>A GtkApplication: its windows, and its end, which waits for the app to leave.</summary>
internal sealed class ApplicationLife
{
    private readonly GLibLoop _loop;
    private readonly nint _application;
    private readonly bool _isRunByApp;
    private readonly List<GtkView> _windows = [];

    public ApplicationLife(GLibLoop loop, nint application, bool isRunByApp)
    {
        _loop = loop;
        _application = application;
        _isRunByApp = isRunByApp;
        Signal.Connect(loop, application, "window-added", OnWindowAdded);
        Signal.Connect(loop, application, "window-removed", OnWindowRemoved);
        Signal.Connect(loop, application, "shutdown", OnShutdown);
        if (isRunByApp)
        {
            // Startup has made the windows; without any handler GIO complains.
            Signal.Connect(loop, application, "activate", () => false);
        }
    }

    /// <summary>Whether this is the life of an application.</summary>
    public bool IsOf(nint application) => _application == application;

    /// <summary>Whether no other window would be left, once those are closed that are closing.</summary>
    public bool IsLast(GtkView window) =>
        _windows.Contains(window) && window.Closing!.IsLastOf(_windows.Select(static other => other.Closing!));

    /// <summary>Runs the application until the app has exited, also while it shows no window.</summary>
    public void Run()
    {
        GApplication.Hold(_application);
        _ = GApplication.Run(_application, 0, 0);
    }

    /// <summary>The app has exited.</summary>
    public void Quit()
    {
        foreach (GtkView window in _windows.ToArray())
        {
            window.Closing!.Close();
        }

        GApplication.Quit(_application);
    }

    private bool OnWindowAdded(nint window)
    {
        if (!_loop.HasEnded)
        {
            _windows.Add(GtkView.Of(window));
        }

        return false;
    }

    private bool OnWindowRemoved(nint window)
    {
        _windows.RemoveAll(view => view.Widget == window);
        if (_isRunByApp && _windows.Count == 0 && !_loop.MayEnd)
        {
            // By a post, since the exit hook itself may have destroyed the window, and nobody waits for the decision here.
            _loop.Post(() => _ = _loop.App!.RequestExitAsync(ExitCause.WindowClosed));
        }

        return false;
    }

    // The application has ended, by a window that could not be held back or by g_application_quit. GTK shuts down after the handlers
    // of this signal, so everything still works here.
    private bool OnShutdown()
    {
        _loop.HoldBack();
        _loop.End();
        return false;
    }
}
