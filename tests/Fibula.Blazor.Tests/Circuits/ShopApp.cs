namespace Fibula.Blazor.Tests.Circuits;

/// <summary>An app that would run on any toolkit.</summary>
internal sealed class ShopApp() : UiApp("Shop")
{
    public List<string> Order { get; } = [];

    protected override void Startup()
    {
        Tasks.Run(() => NoteAsync("task"));
        Order.Add("Startup");
    }

    protected override Task OnRunningAsync() => NoteAsync("OnRunningAsync");

    protected override async Task<bool> OnExitAsync(ExitCause cause)
    {
        await NoteAsync($"{cause}");
        return true;
    }

    private Task NoteAsync(string step)
    {
        Order.Add(step);
        return Task.CompletedTask;
    }
}
