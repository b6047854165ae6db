namespace Fibula.Testing;

/// <summary>One case of the <see cref="LoopConformance"/> suite.</summary>
public sealed class LoopPromise
{
    private readonly Func<LoopTrial, Task> _check;

    internal LoopPromise(string name, string behaviour, IReadOnlyList<LoopFeature> needs, Func<LoopTrial, Task> check)
    {
        Name = name;
        Behaviour = behaviour;
        Needs = needs;
        _check = check;
    }

    /// <summary>The promise as a name: <c>APostFromTheUiThreadRunsAfterItsCallback</c>.</summary>
    public string Name { get; }

    /// <summary>The number of the behaviour it belongs to, for example <c>B52</c>.</summary>
    public string Behaviour { get; }

    /// <summary>What a loop must have for the promise to mean anything there.</summary>
    public IReadOnlyList<LoopFeature> Needs { get; }

    /// <summary>Why the promise is left out on a loop; null where it is to be kept.</summary>
    /// <param name="host">The loop's host.</param>
    /// <returns>The host's own reason, for the first feature that it lacks.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="host"/> is null.</exception>
    public string? ReasonLeftOut(LoopHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return Needs.Where(host.Lacks.ContainsKey).Select(feature => host.Lacks[feature]).FirstOrDefault();
    }

    /// <summary>Returns the name.</summary>
    public override string ToString() => Name;

    internal Task CheckAsync(LoopTrial trial) => _check(trial);
}
