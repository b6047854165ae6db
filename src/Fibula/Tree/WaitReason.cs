namespace Fibula;

/// <summary>What the work of a task waits for inside Fibula.</summary>
internal readonly struct WaitReason
{
    // Another task by its box, which is empty once that has ended; or a wait, described by ToString. One reference, so that a reader without the gate sees one or
    // the other.
    private readonly object? _target;

    public WaitReason(TaskBox task)
    {
        _target = task;
    }

    /// <param name="wait">A text, or an object whose <see cref="object.ToString"/> describes the wait.</param>
    public WaitReason(object wait)
    {
        _target = wait;
    }

    /// <summary>The task that is awaited, while it lives.</summary>
    public ITaskNode? Task => (_target as TaskBox)?.Task;

    /// <summary>For people; null where nothing is known.</summary>
    public string? Description => Task is { } other ? $"'{other.Node.Name}'" : (_target is TaskBox ? null : _target?.ToString());

    /// <summary>Whether it is still the given wait.</summary>
    public bool Is(object wait) => ReferenceEquals(_target, wait);
}
