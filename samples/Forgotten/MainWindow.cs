using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Forgotten;

/// <summary>Written carelessly on purpose: nobody here thinks of a task.</summary>
internal sealed class MainWindow : Window
{
    private readonly Ledger _ledger;
    private readonly Outside _outside;

    public MainWindow(Ledger ledger, Outside outside)
    {
        _ledger = ledger;
        _outside = outside;
        Title = "Forgotten (Esc to quit)";

        // docs: careless
        var load = new Button { Text = "Load" };
        load.Accepting += (_, e) =>
        {
            e.Handled = true;
            _ = LoadAsync();
        };
        var watch = new Button { Text = "Watch", X = Pos.Right(load) };
        watch.Accepting += (_, e) =>
        {
            e.Handled = true;
            WatchAsync();
        };
        var print = new Button { Text = "Print", X = Pos.Right(watch) };
        print.Accepting += (_, e) =>
        {
            e.Handled = true;
            using var window = new PrintWindow(_ledger, _outside);
            App!.Run(window);
            _ledger.Write("Its window is closed.");
        };
        var save = new Button { Text = "Save", X = Pos.Right(print) };
        save.Accepting += async (_, e) =>
        {
            e.Handled = true;
            using Work work = _ledger.Begin("Save");
            await _outside.WriteAsync();
        };
        // docs: end
        Add(load, watch, print, save, new OutsideView(outside) { Y = 2 }, new LedgerView(ledger) { Y = 4 });
    }

    private async Task LoadAsync()
    {
        using Work work = _ledger.Begin("Load");
        decimal price = await _outside.ReadPriceAsync();
        _ledger.Write($"The price is {price}.");
    }

    private async Task WatchAsync()
    {
        using Work work = _ledger.Begin("Watch");
        using var watcher = new FileSystemWatcher(_outside.OrdersFolder);
        var arrived = new TaskCompletionSource<string>();
        watcher.Created += (_, e) => arrived.TrySetResult(e.Name!);
        watcher.EnableRaisingEvents = true;
        _ledger.Write($"Watch has found {await arrived.Task}.");
    }
}
