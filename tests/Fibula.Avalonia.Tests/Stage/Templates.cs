using Avalonia;
using Avalonia.Controls;
using Avalonia.Controls.Presenters;
using Avalonia.Controls.Templates;

namespace Fibula.Avalonia.Tests.Stage;

/// <summary>As much of a theme as puts what is in a control before its user: nothing here has a text, since there is no font.</summary>
internal static class Templates
{
    public static IControlTemplate OfAWindow { get; } = new FuncControlTemplate<Window>(static (window, names) =>
        Presenter("PART_ContentPresenter", window, ContentControl.ContentProperty, names));

    /// <summary>A control of which nothing is seen.</summary>
    public static IControlTemplate Empty { get; } = new FuncControlTemplate(static (_, _) => new Border());

    public static IControlTemplate OfTabs { get; } = new FuncControlTemplate<TabControl>(static (tabs, names) => new StackPanel
    {
        Children =
        {
            new ItemsPresenter { Name = "PART_ItemsPresenter" }.RegisterInNameScope(names),
            Presenter("PART_SelectedContentHost", tabs, TabControl.SelectedContentProperty, names),
        },
    });

    private static ContentPresenter Presenter(string name, AvaloniaObject owner, AvaloniaProperty content, INameScope names) =>
        new ContentPresenter { Name = name, [!ContentPresenter.ContentProperty] = owner[!content] }.RegisterInNameScope(names);
}
