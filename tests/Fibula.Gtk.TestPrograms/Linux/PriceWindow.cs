using System.Runtime.InteropServices;
using Fibula;
using Gtk;

namespace GtkSharpProgram;

/// <summary>A window that loads a price, and closes itself while it still does something else.</summary>
internal sealed partial class PriceWindow : Window, IGtkWidget
{
    private readonly Label _price = new("No price yet.");
    private int _asked;

    public PriceWindow()
        : base("Prices")
    {
        Add(_price);
        this.CloseAfterTasks(MayCloseAsync);
        this.Tasks.Run(LoadAsync);
        this.Tasks.Run(SaveAsync);
    }

    // Not in this version of the binding.
    [LibraryImport("libgtk-3.so.0", EntryPoint = "gtk_window_close")]
    public static partial void CloseAsTheButtonDoes(nint window);

    protected override void OnRealized()
    {
        base.OnRealized();
        Destroyed += (_, _) => Console.WriteLine("The window is closed.");
    }

    private async Task LoadAsync(TaskContext task)
    {
        await task.SwitchToThreadPoolAsync();
        await task.SwitchToUiAsync();
        _price.Text = "The price is 42.";
        Console.WriteLine(_price.Text);
        CloseAsTheButtonDoes(Handle);
    }

    private static async Task SaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        finally
        {
            await Task.Yield();
            Console.WriteLine("Saved.");
            throw new InvalidOperationException("no network");
        }
    }

    private async Task<bool> MayCloseAsync()
    {
        await Task.Yield();
        Console.WriteLine($"Asked {++_asked}.");
        return true;
    }
}
