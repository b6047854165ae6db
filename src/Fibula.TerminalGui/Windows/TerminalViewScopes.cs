using System.Runtime.CompilerServices;
using Fibula.Toolkits;
using Terminal.Gui.App;
using Terminal.Gui.ViewBase;

namespace Fibula;

/// <summary>The scopes of the views of one application.</summary>
internal sealed class TerminalViewScopes(TerminalGuiLoop loop) : ViewScopes<View>(loop)
{
    // The views that have a scope, and those they are in: the toolkit tells a view nothing when what it is in is hidden.
    private readonly ConditionalWeakTable<View, object?> _scoped = [];
    private readonly ConditionalWeakTable<View, object?> _followed = [];

    /// <inheritdoc cref="ViewScopes{TView}.NameOf(TView)"/>
    public static string Name(View view) => NameOf(view, view.Id, static view => view.Title);

    /// <inheritdoc/>
    public override string NameOf(View view) => Name(view);

    /// <inheritdoc/>
    protected override View? ParentOf(View view) => view.SuperView ?? (view as AdornmentView)?.Adornment?.Parent;

    /// <inheritdoc/>
    protected override bool IsWindow(View view) => view is IRunnable;

    /// <inheritdoc/>
    protected override bool IsShown(View view)
    {
        View outermost = view;
        while (outermost.Visible && ParentOf(outermost) is { } owner)
        {
            outermost = owner;
        }

        return outermost.Visible && outermost is IRunnable { IsRunning: true };
    }

    /// <inheritdoc/>
    protected override void Watch(View view)
    {
        _scoped.Add(view, null);
        Follow(view);
        view.Disposing += (_, _) => _ = CloseAsync(view);
    }

    private void Follow(View? view)
    {
        for (View? owner = view; owner is not null && _followed.TryAdd(owner, null); owner = ParentOf(owner))
        {
            owner.VisibleChanged += (_, _) => OnShownChanged();
            owner.SuperViewChanged += (sender, _) => OnMoved((View)sender!);
            if (owner is IRunnable window)
            {
                window.IsRunningChanged += OnRunningChanged;
            }
        }
    }

    private void OnMoved(View view)
    {
        Follow(view.SuperView);
        OnShownChanged();
    }

    // A window that has stopped closes its scopes, which cancels their tasks.
    private void OnRunningChanged(object? sender, EventArgs<bool> e)
    {
        if (e.Value)
        {
            OnShownChanged();
        }
    }

    private void OnShownChanged()
    {
        foreach ((View view, _) in _scoped)
        {
            NotifyShown(view, IsShown(view));
        }
    }
}
