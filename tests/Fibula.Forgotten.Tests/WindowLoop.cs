using System.Runtime.CompilerServices;
using Fibula.Toolkits;

namespace Fibula.Forgotten.Tests;

/// <summary>A loop whose windows have scopes, run by the test turn by turn on the thread that made it.</summary>
internal sealed class WindowLoop : ToolkitLoop
{
    private readonly ConditionalWeakTable<Window, TaskScope> _scopes = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public void Start() => NotifyStarted();

    public void Turn() => RunTurn();

    public void End() => NotifyEnded();

    protected override bool CheckAccessCore() => _thread == Environment.CurrentManagedThreadId;

    protected override void RequestTurn(bool yielding)
    {
    }

    protected override TaskScope? GetScope(object view) =>
        view is Window window && (window.Loop is null || window.Loop == this) ? _scopes.GetValue(window, window => this.App!.Tasks.CreateChild(window.Name)) : null;

    protected override bool TryFindLoop(object view, out UiLoop? loop)
    {
        loop = (view as Window)?.Loop;
        return loop is not null;
    }
}
