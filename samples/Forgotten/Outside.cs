namespace Forgotten;

/// <summary>What the program depends on: a server that is down, a folder for orders, a printer without paper, a full disk.</summary>
internal sealed class Outside(Ledger ledger) : IDisposable
{
    public const string DiskIsFull = "The disk is full.";

    private readonly TaskCompletionSource _paper = new();

    public string OrdersFolder { get; } = Directory.CreateTempSubdirectory("forgotten-").FullName;

    public async Task<decimal> ReadPriceAsync()
    {
        await Task.Yield();
        throw ledger.Note(new HttpRequestException("The server is down."));
    }

    public async Task WriteAsync()
    {
        await Task.Yield();
        throw ledger.Note(new IOException(DiskIsFull));
    }

    public Task PrintAsync() => _paper.Task;

    /// <summary>Five full collections, which a program that runs for long meets sooner or later; then a file.</summary>
    public void SendOrder()
    {
        for (int round = 0; round < 5; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        ledger.Write("Garbage is collected; an order arrives.");
        File.WriteAllText(Path.Combine(OrdersFolder, "order.csv"), "1,fibula");
    }

    public void GivePaper()
    {
        ledger.Write("The printer gets its paper.");
        _paper.TrySetResult();
    }

    public void Dispose() => Directory.Delete(OrdersFolder, recursive: true);
}
