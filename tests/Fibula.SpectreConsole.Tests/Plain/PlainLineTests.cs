namespace Fibula.SpectreConsole.Tests.Plain;

public sealed class PlainLineTests
{
    private readonly Bench _bench = new(isTerminal: false);

    [Fact]
    public void Task_ThatTakesLong_HasALineEveryFiveSecondsAndOneAtItsEnd()
    {
        _bench.Show();
        BackgroundTask import = _bench.Start("Import", static async task =>
        {
            for (int done = 0; done < 12; done++)
            {
                task.Report(done, 12, $"file {done}");
                await task.Delay(Bench.Second);
            }
        });

        _bench.Loop.RunUntilEnded(import);
        _bench.Loop.Advance(Bench.Second);

        Assert.Equal(["file 1", "file 6", "file 11", "Import: done, 0:12"], _bench.Screen.Rows.Select(row => row.Split(", ") is [.., "0:12"] ? row : row.Split(", ")[^1]));
        Assert.Matches("^Import: 50 %, .* left, file 6$", _bench.Screen.Rows[1]);
    }

    [Fact]
    public void Task_ThatSaysNothing_HasALineAtItsStartAndItsEnd()
    {
        _bench.Show();
        BackgroundTask import = _bench.Start("Import", static task => task.Delay(Bench.Second * 60));

        _bench.Loop.RunUntilEnded(import);
        _bench.Loop.Advance(Bench.Second);

        Assert.Equal(["Import: running", "Import: done, 1:00"], _bench.Screen.Rows);
    }

    [Fact]
    public void Task_ThatIsShort_HasNoLine()
    {
        _bench.Show();
        BackgroundTask import = _bench.Start("Import", static task => task.Delay(Bench.Second * 0.4));

        _bench.Loop.RunUntilEnded(import);
        _bench.Loop.Advance(Bench.Second);

        Assert.Empty(_bench.Screen.ToString());
    }

    [Fact]
    public void Task_ThatIsCanceled_SaysSo()
    {
        _bench.Show();
        BackgroundTask import = _bench.Start("Import");
        _bench.Loop.Advance(Bench.Second * 2);

        import.Cancel();
        _bench.Loop.Advance(Bench.Second);

        Assert.Equal(["Import: running", "Import: canceled, 0:02"], _bench.Screen.Rows);
    }

    [Fact]
    public void Fault_IsALineAndIsHandled()
    {
        _bench.Show();
        _bench.Start("Upload", static async task =>
        {
            await task.Delay(Bench.Second * 2);
            throw new IOException("No network.");
        });

        _bench.Loop.Advance(Bench.Second * 3);

        Assert.Equal(["Upload: running", "Upload: failed, 0:02", "Task 'Upload' failed: No network."], _bench.Screen.Rows);
        Assert.Empty(_bench.Loop.UnhandledFaults);
    }

    [Fact]
    public void Line_WithSteeringText_IsOneLineOfPlainText()
    {
        string message = new('x', 200);
        _bench.Show();

        _bench.Start("a\e[2J\nb[red]", task => task.Report(message));
        _bench.Loop.Advance(Bench.Second * 2);

        Assert.Equal($"a?[2J?b[red]: {message}{Environment.NewLine}", _bench.Screen.ToString());
    }
}
