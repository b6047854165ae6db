using Fibula.Toolkits;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Fibula;

/// <summary>The leaving of one page: the change of address is held back, and made later.</summary>
internal sealed class PageClosing : WindowClosing
{
    private readonly OwnedComponent _page;
    private readonly NavigationManager _navigation;
    private readonly IDisposable _registration;
    private LocationChangingContext? _held;
    private bool _isLeaving;

    public PageClosing(BlazorLoop loop, OwnedComponent page)
        : base(loop)
    {
        _page = page;
        _navigation = loop.Navigation
            ?? throw new InvalidOperationException($"'{Name}' cannot wait for its tasks: its loop was made without a NavigationManager.");
        _registration = _navigation.RegisterLocationChangingHandler(OnLocationChanging);
    }

    /// <inheritdoc/>
    protected override string Name => _page.Name;

    /// <summary>The page is disposed.</summary>
    public void Disposed()
    {
        _registration.Dispose();
        _isLeaving = false;
        NotifyClosed();
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<TaskScope> TaskScopes => _page.TaskScopes;

    /// <inheritdoc/>
    protected override void Renew() => _page.Renew();

    /// <inheritdoc/>
    protected override void CloseCore()
    {
        _isLeaving = true;
        _navigation.NavigateTo(_held!.TargetLocation, new NavigationOptions { HistoryEntryState = _held.HistoryEntryState });

        // A handler that comes before this one has said no, and this one was not asked.
        StayIfLeaving();
    }

    private ValueTask OnLocationChanging(LocationChangingContext context)
    {
        if (HoldBack())
        {
            _held = context;
            context.PreventNavigation();
        }
        else
        {
            // The page keeps its place where the new address is its own too, or where somebody else says no to it. Now, since its parameters come
            // before anybody hears that the address has changed.
            StayIfLeaving();
        }

        return ValueTask.CompletedTask;
    }

    private void StayIfLeaving()
    {
        if (_isLeaving)
        {
            _isLeaving = false;
            NotifyStayed();
        }
    }
}
