namespace Fibula;

/// <summary>What becomes of a fault that nobody has handled. It never vanishes.</summary>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/AppExampleTests.cs#faults">
/// // A tool that goes on whatever fails: nothing reaches the toolkit's handler of unhandled exceptions, which may end the process.
/// UiApp app = loop.UseFibula(options => options.UnhandledFaults = UnhandledFaults.ReportOnly);
/// </code>
/// </example>
public enum UnhandledFaults
{
    /// <summary>It goes where the toolkit's own unhandled exceptions go, so that crash reporters see it; without a toolkit, to standard error.</summary>
    Toolkit,

    /// <summary>It is written to standard error, and the program goes on.</summary>
    ReportOnly,
}
