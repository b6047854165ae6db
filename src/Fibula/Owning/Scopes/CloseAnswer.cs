namespace Fibula;

/// <summary>What becomes of the tasks that a <see cref="CloseQuestion"/> is about.</summary>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/CloseExampleTests.cs#answer">
/// UiApp app = loop.UseFibula(options =>
/// {
///     // No dialog: an export goes on without its window, and the exit waits for it.
///     options.OnAsk = question => Task.FromResult(question.IsExit ? CloseAnswer.Wait : CloseAnswer.KeepRunning);
/// });
/// </code>
/// </example>
public enum CloseAnswer
{
    /// <summary>Nothing is closed, and no task is canceled.</summary>
    Stay,

    /// <summary>They are asked to cancel, and waited for like any other task.</summary>
    Cancel,

    /// <summary>They are left alone, however long they take; the close ends after them.</summary>
    Wait,

    /// <summary>They move to the app and go on there; the window closes without them. Not where the app exits, or a task is on another UI
    /// thread.</summary>
    KeepRunning,
}
