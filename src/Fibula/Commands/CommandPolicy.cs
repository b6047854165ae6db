namespace Fibula;

/// <summary>What becomes of a run of a command that is asked for while earlier ones run. The words are those of ember-concurrency.</summary>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/CommandExampleTests.cs#policy">
/// var open = new TaskCommand&lt;string>(this.Tasks, ListFilesAsync) { Policy = CommandPolicy.Restart };
/// open.ExecuteAsync("Music");
/// open.ExecuteAsync("Photos");        // the list of Music is asked to cancel; when it has ended, this begins
/// </code>
/// </example>
public enum CommandPolicy
{
    /// <summary>The new run is refused: its handle is canceled, and its work never runs.</summary>
    Drop,

    /// <summary>The oldest run is asked to cancel, and the new one begins when that has ended.</summary>
    Restart,

    /// <summary>The new run waits, and all run one after another in the order they were asked for.</summary>
    Queue,

    /// <summary>The new run waits, and those that waited before it are canceled.</summary>
    KeepLatest,

    /// <summary>The new run begins immediately, as long as the limit allows it. Runs overlap.</summary>
    Parallel,
}
