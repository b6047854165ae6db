using Fibula.Toolkits;

namespace Fibula;

/// <summary>The scopes of the components of one circuit, each a child of the app's. Commands follow a page that keeps its place to its next scope.</summary>
internal sealed class ComponentViews(BlazorLoop loop) : ViewScopes<ITaskOwner>(loop)
{
    public override string NameOf(ITaskOwner view) => OwnedComponent.NameOf(view);

    // Components do not know the one that they are in.
    protected override ITaskOwner? ParentOf(ITaskOwner view) => null;

    protected override bool IsWindow(ITaskOwner view) => false;

    // Blazor disposes the component, which closes its scope.
    protected override void Watch(ITaskOwner view)
    {
    }
}
