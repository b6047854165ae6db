namespace Fibula;

/// <summary>What the work of a task waits for inside Fibula.</summary>
internal readonly struct WaitReason
{
    // Another task by its box, which is empty once that has ended; or a text. One reference, so that a reader without the gate sees one or the other.
    private readonly object? _target;

    public WaitReason(TaskBox task)
    {
        _target = task;
    }

    public WaitReason(string text)
    {
        _target = text;
    }

    /// <summary>The task that is awaited, while it lives.</summary>
    public ITaskNode? Task => (_target as TaskBox)?.Task;

    /// <summary>For people; null where nothing is known.</summary>
    public string? Description => Task is { } other ? $"'{other.Node.Name}'" : _target as string;

    /// <summary>Whether it still is a text that was set before.</summary>
    public bool Is(string text) => ReferenceEquals(_target, text);
}
