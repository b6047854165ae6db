namespace Fibula;

/// <summary>What becomes of a fault that nobody has handled. It never vanishes.</summary>
public enum UnhandledFaults
{
    /// <summary>It goes where the toolkit's own unhandled exceptions go, so that crash reporters see it; without a toolkit, to standard error.</summary>
    Toolkit,

    /// <summary>It is written to standard error, and the program goes on.</summary>
    ReportOnly,
}
