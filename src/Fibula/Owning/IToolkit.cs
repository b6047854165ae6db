namespace Fibula;

/// <summary>The toolkit side of a loop: it runs its own loop, shows dialogs and knows its views. Every loop implements it.</summary>
internal interface IToolkit : IAsksBeforeClose
{
    /// <summary>The process is its host's, which ends the app.</summary>
    bool LeavesSignalsToTheHost { get; }

    /// <summary>The toolkit has the terminal, and gives it back after its loop.</summary>
    bool HasTerminal { get; }

    /// <summary>On the UI thread: the scope of a view, made if it has none; null for any other object.</summary>
    TaskScope? GetScope(object view);

    /// <summary>Runs the toolkit's loop on the calling thread until it is asked to end.</summary>
    void Run();

    /// <summary>On the UI thread: ends the toolkit's loop, whatever holds that back.</summary>
    void QuitNow();

    /// <summary>On the UI thread: every task has ended or was given up, and the toolkit's loop is to end.</summary>
    void Quit();
}
