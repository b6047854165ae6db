namespace Fibula.Blazor.TestPrograms;

/// <summary>The app of one circuit, which says what it is asked.</summary>
internal sealed class TestApp(ServerLog log) : UiApp
{
    protected override Task<bool> OnExitAsync(ExitCause cause)
    {
        log.Write($"circuit: exit, {cause}");
        return Task.FromResult(false);
    }
}
