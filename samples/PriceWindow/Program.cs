// docs: program
using Fibula;
using Terminal.Gui.App;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

using IApplication terminal = Application.Create();
terminal.UseFibula();                              // 1: the app owns every task
terminal.Init();
using var window = new PriceWindow();
terminal.Run(window);

internal sealed class PriceWindow : Window
{
    private readonly Label _price = new() { Y = 2, Width = Dim.Fill(), Text = "No price yet." };

    public PriceWindow()
    {
        var load = new Button { Text = "Load the price" };
        load.Accepting += (_, e) =>
        {
            e.Handled = true;
            this.Tasks.Run(LoadAsync);             // 2: was  _ = LoadAsync(CancellationToken.None);
        };
        Add(load, _price);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)   // as it always was
    {
        _price.Text = "Loading …";
        await Task.Delay(TimeSpan.FromSeconds(3), cancellationToken);
        _price.Text = "The price is 42.";
    }
}
// docs: end
