namespace Fibula;

/// <summary>
/// Stands in where a page is only prerendered: its components are created, rendered to HTML once and dropped, and created again in the circuit. Tasks that they start
/// are canceled before their first step, so that work begins once. Awaiting them is no error there: Blazor treats a canceled start as finished.
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
