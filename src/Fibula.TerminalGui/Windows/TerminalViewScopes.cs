using Terminal.Gui.App;
using Terminal.Gui.ViewBase;

namespace Fibula;

/// <summary>The scopes of the views of one application.</summary>
internal sealed class TerminalViewScopes(TerminalGuiLoop loop) : ViewScopes<View>(loop)
{
    /// <inheritdoc cref="ViewScopes{TView}.NameOf"/>
    public static string Name(View view)
    {
        if (view.Id is { Length: > 0 } id)
        {
            return id;
        }

        Type type = view.GetType();
        return type.Assembly == typeof(View).Assembly && view.Title is { Length: > 0 } title ? title : type.Name;
    }

    /// <inheritdoc/>
    public override string NameOf(View view) => Name(view);

    /// <inheritdoc/>
    protected override View? ParentOf(View view) => view.SuperView;

    /// <inheritdoc/>
    protected override bool IsWindow(View view) => view is IRunnable;

    /// <inheritdoc/>
    protected override void Watch(View view) => view.Disposing += (_, _) => _ = CloseAsync(view);
}
