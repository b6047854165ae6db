using System.Runtime.CompilerServices;
using Terminal.Gui.App;
using Terminal.Gui.ViewBase;

namespace Fibula;

/// <summary>The scope of each view of one application that asked for one.</summary>
internal sealed class ViewScopes(TerminalGuiLoop loop)
{
    private readonly ConditionalWeakTable<View, TaskScope> _scopes = [];

    /// <summary>The id where the view has one, else the type where the program has made one, else the title; what people and reports call the view.</summary>
    public static string NameOf(View view)
    {
        if (view.Id is { Length: > 0 } id)
        {
            return id;
        }

        Type type = view.GetType();
        return type.Assembly == typeof(View).Assembly && view.Title is { Length: > 0 } title ? title : type.Name;
    }

    public TaskScope Of(View view)
    {
        if (!_scopes.TryGetValue(view, out TaskScope? scope))
        {
            TaskScope owner = WindowOf(view) is { } window ? Of(window) : loop.App!.Tasks;
            scope = owner.CreateChild(NameOf(view));
            _scopes.Add(view, scope);
            view.Disposing += OnDisposing;
        }

        return scope;
    }

    /// <summary>Closes the scopes of the view and of all views in it.</summary>
    public Task CloseAsync(View view) =>
        Task.WhenAll(Within(view).Select(scope => (Task)scope.CloseAsync($"'{NameOf(view)}' was closed.", member: nameof(IRunnable.RequestStop))));

    /// <summary>The window is run again: its views get new scopes.</summary>
    public void Forget(View view)
    {
        foreach (View known in Self(view).Where(view => _scopes.Remove(view)))
        {
            known.Disposing -= OnDisposing;
        }
    }

    private static View? WindowOf(View view)
    {
        View? owner = view.SuperView;
        while (owner is not null and not IRunnable)
        {
            owner = owner.SuperView;
        }

        return owner;
    }

    private static IEnumerable<View> Self(View view) => view.SubViews.SelectMany(Self).Prepend(view);

    private List<TaskScope> Within(View view) =>
        [.. Self(view).Select(view => _scopes.TryGetValue(view, out TaskScope? scope) ? scope : null).OfType<TaskScope>()];

    private void OnDisposing(object? sender, EventArgs e) => _ = CloseAsync((View)sender!);
}
