namespace Fibula;

/// <summary>What happens to a fault that no handler has marked as handled. It is never lost.</summary>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/AppExampleTests.cs#faults">
/// // A tool that goes on whatever fails: nothing reaches the toolkit's handler of unhandled exceptions, which may end the process.
/// UiApp app = loop.UseFibula(options => options.UnhandledFaults = UnhandledFaults.ReportOnly);
/// </code>
/// </example>
public enum UnhandledFaults
{
    /// <summary>It is raised like the toolkit's own unhandled exceptions, so that crash reporters see it. Without a toolkit it is written to standard error.</summary>
    Toolkit,

    /// <summary>It is written to standard error, and the program continues.</summary>
    ReportOnly,
}
