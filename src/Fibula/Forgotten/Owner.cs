namespace Fibula;

/// <summary>Finds whose a task is that nobody has claimed.</summary>
internal static class Owner
{
    // Holds and reports what was forgotten where there is no app at all.
    private static readonly Lazy<TaskScope> LastResort = new(static () => new TaskScope(new PoolLoop(), "no app"));

    /// <summary>The running task's scope; else that of the object, if it is a window or a view; else the root of the app; else the root of last resort.</summary>
    public static TaskScope Of(object? candidate) =>
        AmbientTask.CurrentScope ?? OfUi(candidate) ?? LoopsWithApp.OnlyApp()?.Tasks ?? LastResort.Value;

    private static TaskScope? OfUi(object? candidate)
    {
        if (UiLoop.RootOfThisThread() is not { } root)
        {
            return null;
        }

        return candidate is null ? root : root.Loop?.FindScope(candidate) ?? root;
    }
}
