using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Fibula.Analyzers;

/// <summary>Tells the windows, controls, pages and components of the toolkits, whose own code runs on the UI thread.</summary>
internal static class Views
{
    private static readonly ImmutableHashSet<string> Bases =
    [
        "Avalonia.Application",
        "Avalonia.Controls.Control",
        "Fibula.UiApp",
        "Gtk.Widget",
        "Microsoft.AspNetCore.Components.ComponentBase",
        "Microsoft.Maui.Controls.Element",
        "Microsoft.UI.Xaml.UIElement",
        "Microsoft.UI.Xaml.Window",
        "System.Windows.Application",
        "System.Windows.Forms.Control",
        "System.Windows.FrameworkElement",
        "Terminal.Gui.ViewBase.View",
    ];

    public static bool IsView(ITypeSymbol? type) => BaseOf(type) is not null;

    /// <summary>The class of the toolkit that a window, control, page or component is made from; null for any other type.</summary>
    public static string? BaseOf(ITypeSymbol? type)
    {
        for (ITypeSymbol? around = type; around is not null; around = around.BaseType)
        {
            string name = around.ToDisplayString();
            if (Bases.Contains(name))
            {
                return name;
            }
        }

        return null;
    }
}
