using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Fibula.Analyzers;

/// <summary>Tells the toolkits apart by the types a project references.</summary>
internal static class Toolkits
{
    // Where an exception leaves an async void, these offer no place that Fibula could use: it is shown as an error, or ends the program.
    private static readonly ImmutableDictionary<string, string> WithoutAPlace = new Dictionary<string, string>
    {
        ["System.Windows.Forms.Control"] = "Windows Forms",
        ["Microsoft.AspNetCore.Components.ComponentBase"] = "Blazor",
        ["Terminal.Gui.ViewBase.View"] = "Terminal.Gui",
        ["Gtk.Widget"] = "GTK",
    }.ToImmutableDictionary();

    private static readonly ImmutableArray<string> WithOne = ["System.Windows.Application", "Avalonia.Application"];

    /// <summary>The toolkit that shows a cancellation as an error when it leaves an <c>async void</c> of this type; null where none does.</summary>
    public static string? ShowingCancellations(INamedTypeSymbol type, Compilation compilation)
    {
        if (Views.BaseOf(type) is { } view)
        {
            return WithoutAPlace.TryGetValue(view, out string? name) ? name : null;
        }

        return WithOne.Any(known => compilation.GetTypeByMetadataName(known) is not null)
            ? null
            : WithoutAPlace.Where(known => compilation.GetTypeByMetadataName(known.Key) is not null).Select(known => known.Value).FirstOrDefault();
    }
}
