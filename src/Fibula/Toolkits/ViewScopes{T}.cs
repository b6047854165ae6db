using System.Runtime.CompilerServices;

namespace Fibula.Toolkits;

/// <summary>For adapters: the scope of each window and view of one loop that asked for one, bound to its life.</summary>
/// <typeparam name="TView">The toolkit's own class of views, windows among them.</typeparam>
/// <remarks>
/// <para><b>Threads.</b> Everything here happens on the UI thread.</para>
/// <para><b>Cancellation.</b> Closing a view closes the scopes of all that is in it at that moment, also where one has got its scope before it was put
/// there. What of it is shown again has new ones after <see cref="Renew"/>.</para>
/// <para><b>Errors.</b> A fault is raised in the view's scope, then in its window's, then in the app's.</para>
/// <para><b>For adapters.</b> This type does not keep a view alive: its scope disappears from the table with it.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/AdapterExampleTests.cs#scopes">
/// private sealed class ControlScopes(ToolkitLoop loop) : ViewScopes&lt;Control>(loop)
/// {
///     public override string NameOf(Control view) => NameOf(view, view.Name, static view => (view as Window)?.Title);
///
///     protected override Control? ParentOf(Control view) => view.Parent;
///
///     protected override bool IsWindow(Control view) => view is Window;
///
///     protected override void Watch(Control view) => view.Disposed += (_, _) => _ = CloseAsync(view);
/// }
/// </code>
/// </example>
public abstract class ViewScopes<TView>
    where TView : class
{
    private readonly ToolkitLoop _loop;
    private readonly ConditionalWeakTable<TView, ViewScope> _scopes = [];

    // Views that were taken out of their window, and so have closed scopes.
    private readonly ConditionalWeakTable<TView, ViewScopes<TView>> _gone = [];

    /// <summary>Creates an empty table.</summary>
    /// <param name="loop">The loop of the views; its app is asked for only when the first scope is.</param>
    /// <exception cref="ArgumentNullException"><paramref name="loop"/> is null.</exception>
    protected ViewScopes(ToolkitLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        _loop = loop;
    }

    /// <summary>The view's own scope, made when it is first asked for.</summary>
    /// <param name="view">A window or a view.</param>
    /// <returns>A child of its window's scope; for a window, and a view that is in none yet, a child of the app's.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="view"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The loop has no app.</exception>
    public TaskScope Of(TView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (!_scopes.TryGetValue(view, out ViewScope? known))
        {
            known = new ViewScope();
            _scopes.Add(view, known);
            WatchAdded(view);
        }

        return known.Current ?? known.Renew(NewScope(view));
    }

    /// <summary>Closes the scopes of the view and of all views in it. Their tasks get its name as the reason.</summary>
    /// <param name="view">The view that goes.</param>
    /// <returns>A task that ends when they are closed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="view"/> is null.</exception>
    public Task CloseAsync(TView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return WindowClosing.CloseAllAsync(ScopesIn(view), NameOf(view));
    }

    /// <summary>The scopes of the view and of all views in it, as far as anybody has asked for them.</summary>
    /// <param name="view">A window or a view.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="view"/> is null.</exception>
    public IReadOnlyList<TaskScope> ScopesIn(TView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return [.. Within(view).Select(known => known.Value.Current).OfType<TaskScope>()];
    }

    /// <summary>The view is shown again: it and all views in it get new scopes when they ask. Commands that were made from the old ones get them now.</summary>
    /// <param name="view">A view whose scopes were closed.</param>
    /// <exception cref="ArgumentNullException"><paramref name="view"/> is null.</exception>
    public void Renew(TView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        List<KeyValuePair<TView, ViewScope>> all = Within(view);
        List<TView> withCommands = [.. all.Where(static known => known.Value.Current is { } scope && scope.Tree.Followers.Of(scope.Node).Count > 0).Select(static known => known.Key)];
        all.ForEach(static known => known.Value.Forget());
        if (_loop.App is not null && !_loop.HasEnded)
        {
            withCommands.ForEach(shown => Of(shown));
        }
    }

    /// <summary>Tells that the view may have been taken out of its window. Where <see cref="IsGone"/> says so a turn later, its scope closes, and those
    /// of all views in it: a view that is only moved is back by then.</summary>
    /// <param name="view">The view that goes, and may come back.</param>
    /// <exception cref="ArgumentNullException"><paramref name="view"/> is null.</exception>
    protected void Leave(TView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        _loop.Post(() =>
        {
            if (IsGone(view))
            {
                _gone.AddOrUpdate(view, this);
                _ = CloseAsync(view);
            }
        });
    }

    /// <summary>Tells that the view is in a window. Where it had been taken out, it gets a new scope when it asks.</summary>
    /// <param name="view">The view.</param>
    /// <exception cref="ArgumentNullException"><paramref name="view"/> is null.</exception>
    protected void Return(TView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (_gone.Remove(view))
        {
            Renew(view);
        }
    }

    /// <summary>Tells that the view was shown or hidden, which starts or stops work that runs while it is shown.</summary>
    /// <param name="view">The view.</param>
    /// <param name="isShown">Whether it is.</param>
    /// <exception cref="ArgumentNullException"><paramref name="view"/> is null.</exception>
    protected void NotifyShown(TView view, bool isShown)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (_scopes.TryGetValue(view, out ViewScope? known) && known.Current is { } scope)
        {
            scope.IsShown = isShown;
        }
    }

    /// <summary>Tells whether the view is on the screen, when its scope is made; after that <see cref="NotifyShown"/> does.</summary>
    /// <param name="view">A window or a view.</param>
    protected virtual bool IsShown(TView view) => true;

    /// <summary>What people and reports call the view: its name where it has one, else its type where the program has made that, else its title.</summary>
    /// <param name="view">A window or a view.</param>
    public abstract string NameOf(TView view);

    /// <summary>The rule of <see cref="NameOf(TView)"/>, for a toolkit whose views are objects of the program's own classes.</summary>
    /// <param name="view">A window or a view.</param>
    /// <param name="name">The name that the program gave it, if any.</param>
    /// <param name="title">Reads its title. Called only where that counts: reading it may send a message to the view's thread.</param>
    /// <exception cref="ArgumentNullException"><paramref name="view"/> or <paramref name="title"/> is null.</exception>
    protected static string NameOf(TView view, string? name, Func<TView, string?> title)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(title);
        if (name is { Length: > 0 })
        {
            return name;
        }

        Type type = view.GetType();
        return type.Assembly == typeof(TView).Assembly && title(view) is { Length: > 0 } shown ? shown : type.Name;
    }

    /// <summary>The view that this one is in at the moment; null for a window, and for a view that is in none.</summary>
    /// <param name="view">A window or a view.</param>
    protected abstract TView? ParentOf(TView view);

    /// <summary>Tells whether the view is a window, which is closed as one.</summary>
    /// <param name="view">A window or a view.</param>
    protected abstract bool IsWindow(TView view);

    /// <summary>Whether a view for which <see cref="Leave"/> was called is in no window.</summary>
    /// <param name="view">A view.</param>
    protected virtual bool IsGone(TView view) => true;

    /// <summary>Sees to it that <see cref="CloseAsync"/> is called when the toolkit is done with the view. Called once for each view.</summary>
    /// <param name="view">A window or a view.</param>
    protected abstract void Watch(TView view);

    // One that cannot be watched would never be closed.
    private void WatchAdded(TView view)
    {
        try
        {
            Watch(view);
        }
        catch (Exception)
        {
            _scopes.Remove(view);
            throw;
        }
    }

    private TaskScope NewScope(TView view)
    {
        TaskScope scope = OwnerOf(view).CreateChild(NameOf(view));
        scope.IsShown = IsShown(view);
        return scope;
    }

    private TaskScope OwnerOf(TView view)
    {
        TView? owner = view;
        do
        {
            owner = ParentOf(owner);
        }
        while (owner is not null && !IsWindow(owner));

        return owner is not null
            ? Of(owner)
            : _loop.App?.Tasks ?? throw new InvalidOperationException($"The loop of '{NameOf(view)}' has no app yet that could own tasks. Call UseFibula() first.");
    }

    private List<KeyValuePair<TView, ViewScope>> Within(TView view) => [.. _scopes.Where(known => IsWithin(known.Key, view))];

    private bool IsWithin(TView view, TView owner)
    {
        TView? current = view;
        while (current is not null && current != owner)
        {
            current = ParentOf(current);
        }

        return current is not null;
    }
}
