using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Fibula.Testing;

/// <summary>
/// What every UI loop promises, as cases that any test framework can run: a thin test class gives each promise's name to
/// <see cref="RunAsync"/>, with a new <see cref="LoopHost"/> of its toolkit.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> Cases run on the thread pool and on real time; they wait for signals and never sleep. Run one at a time.</para>
/// <para><b>Errors.</b> A broken promise throws <see cref="ConformanceException"/> with a sentence; so does one that takes too long.</para>
/// </remarks>
public static class LoopConformance
{
    private static readonly TimeSpan CaseLimit = TimeSpan.FromSeconds(60);

    /// <summary>All promises, in the order of their behaviours.</summary>
    public static IReadOnlyList<LoopPromise> Promises { get; } =
    [
        .. new[]
        {
            PromisesOf(typeof(StartingPromises)),
            PromisesOf(typeof(FailingStartPromises)),
            PromisesOf(typeof(PostingPromises)),
            PromisesOf(typeof(WakingPromises)),
            PromisesOf(typeof(TurnPromises)),
            PromisesOf(typeof(NestingPromises)),
            PromisesOf(typeof(AccessPromises)),
            PromisesOf(typeof(AmbientPromises)),
            PromisesOf(typeof(ProgressPromises)),
            PromisesOf(typeof(ClosingPromises)),
            PromisesOf(typeof(WindowPromises)),
            PromisesOf(typeof(HeldWindowPromises)),
            PromisesOf(typeof(ViewPromises)),
            PromisesOf(typeof(ClosingHandlerPromises)),
            PromisesOf(typeof(MainWindowPromises)),
            PromisesOf(typeof(SessionPromises)),
            PromisesOf(typeof(PanelPromises)),
            PromisesOf(typeof(DialogPromises)),
            PromisesOf(typeof(LeavingPromises)),
            PromisesOf(typeof(EndedPromises)),
        }.SelectMany(promises => promises).OrderBy(promise => promise.Behaviour.Length).ThenBy(promise => promise.Behaviour, StringComparer.Ordinal),
    ];

    /// <summary>The promises that mean something on a loop: all but those that need what it lacks.</summary>
    /// <param name="host">The loop's host. It is only asked what it lacks.</param>
    /// <returns>The promises, in order.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="host"/> is null.</exception>
    public static IReadOnlyList<LoopPromise> PromisesOf(LoopHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return [.. Promises.Where(promise => promise.ReasonLeftOut(host) is null)];
    }

    /// <summary>Checks one promise on a new loop.</summary>
    /// <param name="promise">Its name, one of <see cref="Promises"/>.</param>
    /// <param name="host">A host that has not run anything yet.</param>
    /// <returns>A task that succeeds when the promise was kept.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="host"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no such promise.</exception>
    /// <exception cref="ConformanceException">The promise was broken.</exception>
    public static async Task RunAsync(string promise, LoopHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        LoopPromise found = Promises.FirstOrDefault(known => known.Name == promise)
            ?? throw new ArgumentException($"There is no promise '{promise}'. LoopConformance.Promises has the names.", nameof(promise));
        var trial = new LoopTrial(host);
        try
        {
            // On the pool, so that no context of the test framework takes part.
            await Task.Run(() => KeepAsync(found, trial)).WaitAsync(CaseLimit, TimeProvider.System);
        }
        catch (TimeoutException error)
        {
            throw new ConformanceException($"'{found.Name}' has not come to an end within {CaseLimit.TotalSeconds} s.", error);
        }
        finally
        {
            trial.App.Exit();
        }
    }

    private static async Task KeepAsync(LoopPromise promise, LoopTrial trial)
    {
        await promise.CheckAsync(trial);
        await trial.FinishAsync();
    }

    private static IEnumerable<LoopPromise> PromisesOf([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type theme) =>
        from method in theme.GetMethods(BindingFlags.Public | BindingFlags.Static)
        let behaviour = method.GetCustomAttribute<BehaviourAttribute>()!
        select new LoopPromise(method.Name, behaviour.Number, behaviour.Needs, method.CreateDelegate<Func<LoopTrial, Task>>());
}
