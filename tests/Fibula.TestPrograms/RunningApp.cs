namespace Fibula.TestPrograms;

/// <summary>An app that calls back once it runs and all its hooks have ended.</summary>
internal sealed class RunningApp() : UiApp("app")
{
    public Action OnceRunning { get; set; } = () => { };

    protected override Task OnRunningAsync()
    {
        Post(OnceRunning);
        return Task.CompletedTask;
    }
}
