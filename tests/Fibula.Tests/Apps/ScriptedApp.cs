namespace Fibula.Tests.Apps;

/// <summary>An app whose hooks a test fills in.</summary>
internal sealed class ScriptedApp(string name = "app", TaskScope? owner = null) : UiApp(name, owner)
{
    public Action OnStartup { get; set; } = () => { };

    public Func<Task> OnRunning { get; set; } = () => Task.CompletedTask;

    public Func<ExitCause, Task<bool>> OnExit { get; set; } = _ => Task.FromResult(true);

    protected override void Startup() => OnStartup();

    protected override Task OnRunningAsync() => OnRunning();

    protected override Task<bool> OnExitAsync(ExitCause cause) => OnExit(cause);
}
