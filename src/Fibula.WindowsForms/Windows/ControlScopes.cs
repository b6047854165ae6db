using System.Windows.Forms;

namespace Fibula;

/// <summary>The scope of each control of one thread that asked for one.</summary>
internal sealed class ControlScopes(WindowsFormsLoop loop) : ViewScopes<Control>(loop)
{
    /// <inheritdoc cref="ViewScopes{TView}.NameOf"/>
    public static string Name(Control control)
    {
        if (control.Name is { Length: > 0 } name)
        {
            return name;
        }

        Type type = control.GetType();
        return type.Assembly == typeof(Control).Assembly && control.Text is { Length: > 0 } text ? text : type.Name;
    }

    /// <inheritdoc/>
    public override string NameOf(Control view) => Name(view);

    /// <inheritdoc/>
    protected override Control? ParentOf(Control view) => view.Parent;

    /// <inheritdoc/>
    protected override bool IsWindow(Control view) => view is Form;

    /// <inheritdoc/>
    protected override void Watch(Control view)
    {
        if (view is Form form)
        {
            loop.Forms.Of(form);
        }

        view.Disposed += (_, _) => _ = CloseAsync(view);
    }
}
