using Avalonia.Controls;

namespace Fibula.Avalonia.Tests.Windows;

/// <summary>A window that overrides its closing: it calls the base method "never", "late" or "in time".</summary>
internal sealed class HeadstrongWindow(string calls) : Window
{
#pragma warning disable FIB0013 // What the rule warns of is what is tested here.
    protected override async void OnClosing(WindowClosingEventArgs e)
#pragma warning restore FIB0013
    {
        if (calls == "late")
        {
            await Task.Yield();
        }

        if (calls != "never")
        {
            base.OnClosing(e);
        }
    }
}
