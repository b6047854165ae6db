namespace Fibula;

/// <summary>Finds the owner of a dropped call. It never belongs to another user: if in doubt, it belongs to the host, which no user sees.</summary>
internal static class OwnerFinder
{
    // Holds and reports what was forgotten where there is no app at all.
    private static readonly Lazy<TaskScope> LastResort = new(static () => new TaskScope(new ServerLoop(), "no app"));

    // The owner without any app: no view shows it, and its error is reported.
    private static TaskScope Nobodys => CurrentApp.Only(static loop => loop.ServesTheHost)?.Tasks ?? LastResort.Value;

    /// <summary>Finds the owner of a task that was started by the calling code.</summary>
    /// <param name="receiver">The object the method was called on; null for a static one.</param>
    /// <returns>If the object is a view, a scope of its own app, else one of the app whose UI thread this is: there the running task's scope, the
    /// view's, or the root. On a thread of no app the running task's scope, the only app, the host, or the root of last resort.</returns>
    public static TaskScope Of(object? receiver)
    {
        var ambient = (TaskScope?)AmbientTask.CurrentScope?.Handle;
        if (receiver is not null && LoopsWithApp.TryFindLoop(receiver, out UiLoop? home))
        {
            return home is not null && ambient?.Loop == home ? ambient : ScopeOn(home, receiver);
        }

        if (ambient is not null)
        {
            return ambient;
        }

        UiLoop? here = UiThread.LoopHere(out bool isStrangers);
        return here?.App is not null || isStrangers ? ScopeOn(here, receiver) : CurrentApp.OfDesktop?.Tasks ?? Nobodys;
    }

    private static TaskScope ScopeOn(UiLoop? loop, object? receiver)
    {
        if (loop is not { HasEnded: false, App.Tasks: { } root })
        {
            return Nobodys;
        }

        return receiver is not null && loop.CheckAccess() ? ((IToolkit)loop).GetScope(receiver) ?? root : root;
    }
}
