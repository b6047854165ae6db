using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Fibula.Blazor.Tests.Conformance;

/// <summary>A page with one button.</summary>
internal sealed class ButtonPage : ComponentBase
{
    public Action? Clicked { get; set; }

    public void Repaint() => StateHasChanged();

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "button");
        builder.AddAttribute(1, "onclick", EventCallback.Factory.Create(this, () => Clicked?.Invoke()));
        builder.CloseElement();
    }
}
