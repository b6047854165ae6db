namespace Fibula;

/// <summary>An app whose hooks are delegates: what <c>UseFibula</c> makes.</summary>
internal sealed class ConfiguredApp : UiApp
{
    private readonly UiAppOptions _options;

    public ConfiguredApp(UiAppOptions options)
        : base(options.Name, options.Owner)
    {
        _options = options;
        UnhandledFaults = options.UnhandledFaults;
        HandleSignals = options.HandleSignals;
        ForcedExitLimit = options.ForcedExitLimit;
        Tasks.Faulted += options.OnFault;
    }

    protected internal override void Startup() => _options.OnStartup?.Invoke();

    protected internal override Task OnRunningAsync() => _options.OnRunning is { } run ? run() : base.OnRunningAsync();

    protected internal override Task<CloseAnswer> OnAskAsync(CloseQuestion question) => _options.OnAsk is { } ask ? ask(question) : base.OnAskAsync(question);

    protected internal override Task<bool> OnExitAsync(ExitCause cause) => _options.OnExit is { } ask ? ask(cause) : base.OnExitAsync(cause);
}
