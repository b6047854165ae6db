namespace Fibula;

/// <summary>Finds the app that the calling code belongs to. On a server it is never that of another user: if in doubt, there is none.</summary>
internal static class CurrentApp
{
    /// <summary>The app of the UI thread or circuit that the calling code runs on; on a thread of no app that of the running task, else the only app of a desktop program.</summary>
    public static UiApp? Find()
    {
        // Null on the UI thread of another app than the task's.
        if (AmbientTask.CurrentScope?.Tree.Loop is { HasEnded: false, App: { } own })
        {
            return own;
        }

        UiLoop? here = UiThread.LoopHere(out bool isStrangers);
        return here is { HasEnded: false, App: { } app } ? app
            : isStrangers ? null
            : OfDesktop;
    }

    /// <summary>The app of a desktop program, if it is the only one except those that are joined to it: code outside its threads can mean no other app.</summary>
    public static UiApp? OfDesktop => LoopsWithApp.ServeManyUsers ? null : Only(static loop => !loop.ServesTheHost && !IsJoined(loop));

    /// <summary>The app of the only loop of a kind; of several, the only one that runs: a window may be made, and may start work, before its loop runs.</summary>
    public static UiApp? Only(Func<UiLoop, bool> isMeant) =>
        OnlyOf(LoopsWithApp.WithThreads.Where(loop => loop.IsRunning && isMeant(loop))) ?? OnlyOf(LoopsWithApp.WithThreads.Where(isMeant));

    /// <summary>Whether the app on a loop is joined to that of another user interface. A root that only outlives it does not count.</summary>
    public static bool IsJoined(UiLoop loop) => loop.App?.Tasks.Tree.OwnerTask?.Tree.Loop is { ServesTheHost: false };

    private static UiApp? OnlyOf(IEnumerable<UiLoop> loops) => loops.Take(2).ToArray() is [var only] ? only.App : null;
}
