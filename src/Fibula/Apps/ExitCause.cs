namespace Fibula;

/// <summary>Why an app is asked to exit.</summary>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/AppExampleTests.cs#cause">
/// protected override async Task&lt;bool> OnExitAsync(ExitCause cause)
/// {
///     if (cause is ExitCause.Requested or ExitCause.WindowClosed)
///     {
///         return await notes.AskToSaveAsync();
///     }
///
///     await notes.SaveAsync();        // a signal, or the end of the session: it is not refused, and there is no time to ask
///     return true;
/// }
/// </code>
/// </example>
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
