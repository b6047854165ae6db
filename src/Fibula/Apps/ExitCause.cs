namespace Fibula;

/// <summary>Why an app is asked to exit.</summary>
public enum ExitCause
{
    /// <summary>The program itself asked: a menu item, <see cref="UiApp.RequestExitAsync"/>.</summary>
    Requested,

    /// <summary>The toolkit would end its loop: the last window was closed, its quit key was pressed.</summary>
    WindowClosed,

    /// <summary>SIGINT: Ctrl-C in the terminal. Cannot be refused.</summary>
    Interrupt,

    /// <summary>SIGTERM: the system or a supervisor ends the process. Cannot be refused.</summary>
    Terminate,

    /// <summary>The user logs off or the terminal goes away. Cannot be refused.</summary>
    SessionEnding,
}
