namespace Fibula.StressTests.Fuzz;

/// <summary>An app whose hooks do anything.</summary>
internal sealed class FuzzApp(string? name = null, TaskScope? owner = null) : UiApp(name, owner)
{
    private readonly Callback? _hooks = Player.Current?.NewCallback();

    protected override void Startup() => _hooks?.Run(typeof(void), []);

    protected override Task OnRunningAsync() => _hooks is null ? base.OnRunningAsync() : _hooks.Run<Task>();

    protected override Task<bool> OnExitAsync(ExitCause cause) => _hooks is null ? base.OnExitAsync(cause) : _hooks.Run<Task<bool>>(cause);

    protected override Task<CloseAnswer> OnAskAsync(CloseQuestion question) => _hooks is null ? base.OnAskAsync(question) : _hooks.Run<Task<CloseAnswer>>(question);
}
