namespace Fibula;

/// <summary>
/// Stands in where a page is only prerendered: its components are made, asked for HTML once and thrown away, and made again in the circuit. What they start
/// is canceled before its first step, so that work begins once. An <c>await</c> of it is no error there: Blazor takes a canceled start for a finished one.
/// </summary>
internal static class Prerendering
{
    /// <summary>An app without a loop that takes no task.</summary>
    public static UiApp AppOf(string name)
    {
        var app = new UiApp($"{name} (only prerendered)");
        _ = app.Tasks.CloseAsync();
        return app;
    }
}
