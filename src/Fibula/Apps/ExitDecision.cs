namespace Fibula;

/// <summary>The outcome of a request to exit.</summary>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/AppExampleTests.cs#decision">
/// ExitDecision decision = await app.RequestExitAsync();
/// _status.Text = decision == ExitDecision.Leaving ? "Leaving …" : "There are notes to be saved.";
/// </code>
/// </example>
public enum ExitDecision
{
    /// <summary>The app exits: its tasks are being canceled, and the loop ends after them.</summary>
    Leaving,

    /// <summary>The exit hook said no; nothing was canceled.</summary>
    Refused,

    /// <summary>The exit hook failed, which counts as no; its error was reported as a fault.</summary>
    HookFailed,
}
