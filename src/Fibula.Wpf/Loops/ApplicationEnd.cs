using System.Windows;
using System.Windows.Threading;

namespace Fibula;

/// <summary>The end of an application, whoever wants it: it waits for the app to leave.</summary>
internal sealed class ApplicationEnd
{
    private readonly WpfLoop _loop;
    private readonly Application _application;
    private bool _hasLeft;

    // The end is on its way and is held back in this frame.
    private DispatcherFrame? _held;

    public ApplicationEnd(WpfLoop loop, Application application)
    {
        _loop = loop;
        _application = application;
        application.Exit += OnExit;
        application.Dispatcher.ShutdownStarted += OnShutdownStarted;
    }

    /// <summary>The app has left.</summary>
    public void Quit()
    {
        _hasLeft = true;
        if (_held is { } held)
        {
            held.Continue = false;
        }
        else
        {
            _application.Shutdown(_loop.App!.ExitCode);
        }
    }

    // Shutdown asks nobody: the windows are closed already, but the dispatcher still runs.
    private void OnExit(object sender, ExitEventArgs e) => HoldUntilLeft();

    private void OnShutdownStarted(object? sender, EventArgs e)
    {
        HoldUntilLeft();
        _loop.End();
    }

    private void HoldUntilLeft()
    {
        if (_hasLeft || _loop is not { HasEnded: false, App: { } app })
        {
            return;
        }

        _held = new DispatcherFrame(exitWhenRequested: false);
        app.Exit();
        Dispatcher.PushFrame(_held);
    }
}
