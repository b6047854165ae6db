namespace Fibula.Tests.Faults;

/// <summary>What could not be told in any other way: the loop, which may have the terminal, knows where it is readable.</summary>
public sealed class LastResortTests
{
    private readonly RecordingLoop _loop = new();
    private readonly TaskScope _window;

    public LastResortTests()
    {
        _window = new TaskScope(_loop, "window");
        _loop.Start();
    }

    [Fact(Timeout = 30_000), Trait("Behaviour", "B47")]
    public async Task Fault_AfterTheLoopHasEnded_IsALineOfTheLoop()
    {
        var finish = new TaskCompletionSource();
        _window.Run(() => finish.Task, new TaskOptions { Name = "Import" });
        _loop.End();

        finish.SetException(new InvalidOperationException("No disk."));

        Assert.StartsWith("Task 'Import' failed: No disk.", await _loop.FirstLine);
        Assert.DoesNotContain(_loop.Told, told => told.StartsWith("unhandled", StringComparison.Ordinal));
    }

    [Fact, Trait("Behaviour", "B48")]
    public void Subscriber_Throws_IsALineOfTheLoop()
    {
        _window.Faulted += _ => throw new InvalidOperationException("No disk.");

        FailInATurn();

        Assert.Equal("line: A subscriber of Faulted threw InvalidOperationException: No disk.", _loop.Told[0]);
    }

    [Fact, Trait("Behaviour", "B47")]
    public void Line_TheLoopCannotWrite_GoesToStandardError()
    {
        _loop.IsBroken = true;
        _window.Faulted += _ => throw new InvalidOperationException("No disk.");

        string[] lines = StandardError.Of(FailInATurn);

        Assert.Equal(["A subscriber of Faulted threw InvalidOperationException: No disk."], lines);
        Assert.Equal(["unhandled: Broken."], _loop.Told);
    }

    private void FailInATurn()
    {
        _loop.Post(() => _window.Run(() => throw new InvalidOperationException("Broken.")));
        _loop.Turn();
    }
}
