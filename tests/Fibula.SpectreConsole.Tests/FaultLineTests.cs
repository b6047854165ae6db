namespace Fibula.SpectreConsole.Tests;

public sealed class FaultLineTests
{
    [Fact]
    public void Fault_NobodyHandled_StaysAsARedLineAndIsHandled()
    {
        var bench = new Bench();
        bench.Show();
        bench.Start("Import");
        bench.Start("Upload", static async task =>
        {
            await task.Delay(Bench.Second);
            throw new IOException("No network\e[2J.");
        });

        bench.Loop.Advance(Bench.Second * 2);

        string fault = bench.Screen.Rows[0];
        Assert.StartsWith(@"✗ Task 'Upload' failed: No network\u001B[2J.  Bench.cs:", fault);
        Assert.StartsWith("Import ", bench.Screen.Rows[1]);
        Assert.Contains("\e[91m✗", bench.Screen.ToString(), StringComparison.Ordinal);
        Assert.Empty(bench.Loop.UnhandledFaults);
    }

    [Fact]
    public void Fault_OfAnotherHandler_IsNotShown()
    {
        var bench = new Bench();
        bench.Tasks.Faulted += static fault => fault.Handled = true;
        bench.Show();

        bench.Start("Upload", static _ => throw new IOException("No network."));
        bench.Loop.Advance(Bench.Second);

        Assert.Empty(bench.Screen.ToString());
    }

    [Fact]
    public void Fault_AfterTheDisplay_GoesToTheLoop()
    {
        var bench = new Bench();
        bench.Show().Dispose();

        bench.Start("Upload", static _ => throw new IOException("No network."));
        bench.Loop.Advance(Bench.Second);

        Assert.Single(bench.Loop.UnhandledFaults);
        Assert.Empty(bench.Screen.ToString());
    }

    [Fact]
    public void Task_StoppedByATokenOfItsOwn_StaysAsALine()
    {
        var bench = new Bench();
        bench.Show();
        using var timeout = new CancellationTokenSource(Bench.Second, bench.Loop.TimeProvider);

        bench.Start("Import", task => Task.Delay(Bench.Second * 9, task.TimeProvider, timeout.Token));
        bench.Loop.Advance(Bench.Second * 20);

        Assert.StartsWith("! Import: stopped by ", Assert.Single(bench.Screen.Rows));
    }
}
