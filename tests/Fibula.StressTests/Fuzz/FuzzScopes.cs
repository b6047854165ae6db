using Fibula.Toolkits;

namespace Fibula.StressTests.Fuzz;

/// <summary>The scopes of views that do not exist.</summary>
internal sealed class FuzzScopes(ToolkitLoop loop) : ViewScopes<FuzzView>(loop)
{
    private readonly Callback? _hooks = Player.Current?.NewCallback();

    public override string NameOf(FuzzView view) => view.Name;

    protected override FuzzView? ParentOf(FuzzView view) => view.Parent;

    protected override bool IsWindow(FuzzView view) => view.IsWindow;

    protected override bool IsGone(FuzzView view) => _hooks?.Run<bool>(view) ?? true;

    protected override bool IsShown(FuzzView view) => _hooks?.Run<bool>(view) ?? true;

    protected override void Watch(FuzzView view) => _hooks?.Run(typeof(void), [view]);
}
