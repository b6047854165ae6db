using System.Globalization;
using Fibula.Diagnostics;

namespace Fibula.Testing;

/// <summary>The checks at the end of a test: no task may still live, and none may have been lost.</summary>
/// <remarks>
/// <para><b>Threads.</b> May be called from any thread.</para>
/// <para><b>Errors.</b> A leak throws <see cref="InvalidOperationException"/>, which fails a test in any framework.</para>
/// <para>Use <see cref="TaskScope.CloseAsync"/> and its report instead in a program that wants to leave in order.</para>
/// </remarks>
public static class TaskLeaks
{
    /// <summary>Throws if a task of the scope or of its descendants still lives.</summary>
    /// <param name="scope">The scope. A root lists the survivors of closed scopes too.</param>
    /// <exception cref="ArgumentNullException"><paramref name="scope"/> is null.</exception>
    /// <exception cref="InvalidOperationException">There are such tasks; the message names each with its scope, its age and what it waits for.</exception>
    public static void ThrowIfAny(TaskScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        List<TaskSnapshot> live = [.. TasksIn(scope.Snapshot())];
        if (live.Count > 0)
        {
            throw new InvalidOperationException(
                $"'{scope.Name}' still has {live.Count} {(live.Count == 1 ? "task" : "tasks")}: {string.Join("; ", live.Select(Describe))}. Await each, cancel it, or close its scope before the test ends.");
        }
    }

    /// <summary>Throws if a task of the app still lives.</summary>
    /// <param name="app">The app.</param>
    /// <exception cref="ArgumentNullException"><paramref name="app"/> is null.</exception>
    /// <exception cref="InvalidOperationException">There are such tasks; the message names each with its scope, its age and what it waits for.</exception>
    public static void ThrowIfAny(UiApp app)
    {
        ArgumentNullException.ThrowIfNull(app);
        ThrowIfAny(app.Tasks);
    }

    /// <summary>Watches, from here on, for <c>async</c> methods that the garbage collector takes before they have ended.</summary>
    /// <returns>The watch. Disposing of it throws if a method was lost.</returns>
    public static LostTaskWatch WatchForLostTasks() => new();

    /// <summary>The tasks of a scope and its descendants.</summary>
    internal static IEnumerable<TaskSnapshot> TasksIn(ScopeSnapshot scope) => scope.Tasks.Concat(scope.Children.SelectMany(TasksIn));

    private static string Describe(TaskSnapshot task) =>
        string.Create(CultureInfo.InvariantCulture, $"'{task.Name}' in '{task.ScopeName}' ({task.State}, {task.Age.TotalSeconds:0.0} s old, waits for {task.WaitsFor})");
}
