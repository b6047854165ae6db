using Fibula;
using Fibula.Diagnostics;
using Fibula.Toolkits;

/// <summary>A loop whose one window has a scope, run turn by turn.</summary>
internal sealed class WindowLoop(Window window) : ToolkitLoop
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private TaskScope? _scope;

    /// <summary>The names of what lives in the scope of the window.</summary>
    public string Live => _scope is null ? "" : string.Join(", ", _scope.Snapshot().Tasks.Select(task => task.Name));

    public void Start(UiApp app)
    {
        app.Attach(this);
        NotifyStarted();
        RunTurn();
    }

    public void End() => NotifyEnded();

    protected override bool CheckAccessCore() => _thread == Environment.CurrentManagedThreadId;

    protected override void RequestTurn(bool yielding)
    {
    }

    protected override TaskScope? GetScope(object view) => view == window ? _scope ??= this.App!.Tasks.CreateChild("window") : null;
}
