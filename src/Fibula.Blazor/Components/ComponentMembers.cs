using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;

namespace Fibula;

/// <summary>Calls protected members of a component. They are public to derived classes, and so as stable as public members, and this is
/// no reflection.</summary>
internal static class ComponentMembers
{
    /// <summary>Renders the component again.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    public static extern void StateHasChanged(ComponentBase component);

    /// <summary>Leads an error to the error boundary around the component, else to the circuit.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    public static extern Task DispatchExceptionAsync(ComponentBase component, Exception exception);

    /// <summary>Whether the component is made for its HTML alone, and is in no circuit.</summary>
    public static bool IsPrerendered(ITaskOwner component) => component is ComponentBase known && !RendererInfo(known).IsInteractive;

    /// <summary>The dispatcher of the component's renderer, from any thread; null for a component that has none yet.</summary>
    public static Dispatcher? DispatcherOf(ComponentBase component)
    {
        ref RenderHandle handle = ref RenderHandleOf(component);
        return handle.IsInitialized ? handle.Dispatcher : null;
    }

    // Private, unlike the others: nothing else tells the renderer of a component before its first use.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_renderHandle")]
    private static extern ref RenderHandle RenderHandleOf(ComponentBase component);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_RendererInfo")]
    private static extern RendererInfo RendererInfo(ComponentBase component);
}
