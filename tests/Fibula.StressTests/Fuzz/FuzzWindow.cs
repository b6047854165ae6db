using Fibula.Toolkits;

namespace Fibula.StressTests.Fuzz;

/// <summary>A window that does not exist, and closes when it is told to.</summary>
internal sealed class FuzzWindow(ToolkitLoop loop) : WindowClosing(loop)
{
    private readonly Callback? _hooks = Player.Current?.NewCallback();
    private readonly TaskScope[] _scopes = Player.Current?.World.AnyOf<TaskScope>(Player.Current.Random) is { } scope && scope.Loop == loop ? [scope] : [];

    protected override string Name => "a window";

    protected override IReadOnlyList<TaskScope> TaskScopes => _scopes;

    protected override string? Title { get; set; } = "a title";

    protected override void CloseCore()
    {
        if (!HoldBack())
        {
            NotifyClosed();
        }

        _hooks?.Run(typeof(void), []);
    }

    protected override void EnableInput(bool isEnabled) => _hooks?.Run(typeof(void), []);
}
