using Spectre.Console;

namespace Fibula.SpectreConsole.Tests.Live;

public sealed class LiveDisplayTests
{
    private readonly Bench _bench = new();

    [Fact]
    public void Task_YoungerThanTheDelay_IsNotShown()
    {
        _bench.Show(Bench.Second * 0.75);
        _bench.Start("Import");

        _bench.Loop.Advance(Bench.Second * 0.7);
        string[] young = _bench.Screen.Rows;
        _bench.Loop.Advance(Bench.Second * 0.1);

        Assert.Empty(young);
        Assert.StartsWith("Import ", Assert.Single(_bench.Screen.Rows));
        Assert.False(_bench.Screen.ShowsCursor);
    }

    [Fact]
    public void Task_ThatIsShort_IsNeverShown()
    {
        _bench.Show();
        BackgroundTask import = _bench.Start("Import", task => task.Delay(Bench.Second * 0.4));

        _bench.Loop.RunUntilEnded(import);
        _bench.Loop.Advance(Bench.Second * 5);

        Assert.Empty(_bench.Screen.ToString());
    }

    [Fact]
    public void Task_ThatHasEnded_LeavesNoLineAndTheLastOneTheCursor()
    {
        _bench.Show();
        BackgroundTask first = _bench.Start("First");
        BackgroundTask second = _bench.Start("Second");
        _bench.Loop.Advance(Bench.Second);

        first.Cancel();
        _bench.Loop.Advance(Bench.Tenth * 2);
        string one = Assert.Single(_bench.Screen.Rows);
        second.Cancel();
        _bench.Loop.Advance(Bench.Tenth * 2);

        Assert.StartsWith("Second ", one);
        Assert.Empty(_bench.Screen.Rows);
        Assert.True(_bench.Screen.ShowsCursor);
    }

    [Fact]
    public void Task_ThatRanBefore_IsShownOnceItReports()
    {
        var report = new TaskCompletionSource();
        _bench.Start("Main", async task =>
        {
            await report.Task;
            task.Report(0.5);
            await task.Delay(Timeout.InfiniteTimeSpan);
        });
        _bench.Loop.RunUntilIdle();
        _bench.Show();
        _bench.Loop.Advance(Bench.Second * 2);
        string[] silent = _bench.Screen.Rows;

        report.SetResult();
        _bench.Loop.Advance(Bench.Second);

        Assert.Empty(silent);
        Assert.StartsWith("Main ", Assert.Single(_bench.Screen.Rows));
    }

    [Fact]
    public void Task_ThatOnlyWaitsForOthers_IsNotShown()
    {
        _bench.Show();
        _bench.Start("Update", task => task.RunGroupAsync(async group =>
        {
            group.Run(child => child.Delay(Bench.Second * 9), new TaskOptions { Name = "Child" });
            await group.Delay(Bench.Second * 3);
        }).AsTask());

        _bench.Loop.Advance(Bench.Second * 2);
        string early = Assert.Single(_bench.Screen.Rows);
        _bench.Loop.Advance(Bench.Second * 4);

        Assert.StartsWith("Child ", early);
        Assert.StartsWith("Child ", Assert.Single(_bench.Screen.Rows));
    }

    [Fact]
    public void Task_WhoseWorkHasEndedBeforeItsChildren_IsNotShown()
    {
        _bench.Show();
        _bench.Start("Update", static task =>
        {
            task.Run(child => child.Delay(Bench.Second * 9), new TaskOptions { Name = "Child" });
            return Task.CompletedTask;
        });

        _bench.Loop.Advance(Bench.Second * 2);

        Assert.StartsWith("Child ", Assert.Single(_bench.Screen.Rows));
    }

    [Fact]
    public void Task_ThatOnlyWaitsAndIsCanceled_IsShownIfNothingElseIs()
    {
        _bench.Start("Main", task => Task.Delay(Bench.Second * 9, task.TimeProvider));
        _bench.Loop.RunUntilIdle();
        _bench.Show();

        _bench.Tasks.Cancel();
        _bench.Loop.Advance(Bench.Second);

        Assert.EndsWith("Canceling …", _bench.Screen.RowOf("Main"));
    }

    [Fact]
    public void Reports_HoweverMany_AreDrawnTenTimesASecond()
    {
        _bench.Show(Bench.Tenth / 2);
        BackgroundTask import = _bench.Start("Import", async task =>
        {
            for (int done = 0; done < 1000; done++)
            {
                task.Report(done, 1000);
                await task.Delay(TimeSpan.FromMilliseconds(1));
            }
        });

        _bench.Loop.RunUntilEnded(import);

        Assert.InRange(_bench.Screen.ToString().Split("\e[1A").Length - 1, 8, 12);
    }

    [Fact]
    public void Nothing_ThatChanges_IsNotDrawnAgain()
    {
        _bench.Show();
        _bench.Start("Import", task => task.Report(0.5));
        _bench.Loop.Advance(Bench.Second * 1.05);
        int written = _bench.Screen.ToString().Length;

        _bench.Loop.Advance(Bench.Second * 0.8);

        Assert.Equal(written, _bench.Screen.ToString().Length);
    }

    [Fact]
    public void Output_OfTheConsole_StandsAboveTheLines()
    {
        _bench.Show();
        _bench.Start("Import");
        _bench.Loop.Advance(Bench.Second);

        _bench.Console.MarkupLine("[bold]Whole[/] line");
        _bench.Console.Write("Part, ");
        _bench.Console.Write("rest");
        _bench.Loop.Advance(Bench.Second);

        Assert.Equal(["Whole line", "Part,", "rest", "Import"], _bench.Screen.Rows.Select(row => row.Split(" ━")[0]));
    }

    [Fact]
    public void Output_ThatFillsTheTerminal_KeepsItsLastColumn()
    {
        _bench.Show();
        _bench.Start("Import");
        _bench.Loop.Advance(Bench.Second);

        _bench.Console.Write(new Rule());

        Assert.Contains($"{new string('─', 80)}{Environment.NewLine}", _bench.Screen.ToString(), StringComparison.Ordinal);
        Assert.Equal([new string('─', 80), "Import"], _bench.Screen.Rows.Select(row => row.Split(" ━")[0]));
    }

    [Fact]
    public void Terminal_ThatBecomesNarrower_ShowsEachLineOnce()
    {
        _bench.Show();
        _bench.Start("Import", task => task.Report(0.5, "a message that needs much more room than there will be"));
        _bench.Start("Export", task => task.Report(0.5));
        _bench.Loop.Advance(Bench.Second * 1.05);

        _bench.Console.Profile.Width = 40;
        _bench.Screen.Narrow(40);
        _bench.Loop.Advance(Bench.Second);

        Assert.Equal(["Import", "Export"], _bench.Screen.Rows.Select(row => row.Split(' ')[0]));
    }

    [Fact]
    public void Loop_ThatHasEnded_TakesTheLinesOfItsSurvivorsAway()
    {
        EventLoop.Run(async task =>
        {
            task.Scope.ShowProgress(_bench.Console, TimeSpan.Zero);
            task.Scope.CloseGrace = TimeSpan.Zero;
            task.Scope.Run(static () => new TaskCompletionSource().Task, new TaskOptions { Name = "Deaf" });
            while (_bench.Screen.Rows.Length == 0)
            {
                await task.Delay(Bench.Tenth);
            }
        });

        _bench.Console.Write("Done");

        Assert.Equal(["Done"], _bench.Screen.Rows);
        Assert.True(_bench.Screen.ShowsCursor);
    }

    [Fact]
    public void Dispose_WhileTasksRun_RemovesTheLinesForGood()
    {
        TaskDisplay display = _bench.Show();
        _bench.Start("Import");
        _bench.Loop.Advance(Bench.Second);

        display.Dispose();
        display.Dispose();
        _bench.Loop.Advance(Bench.Second);
        _bench.Console.Write("Done");

        Assert.Equal(["Done"], _bench.Screen.Rows);
        Assert.True(_bench.Screen.ShowsCursor);
    }

    [Fact]
    public void Console_ThatCanNoLongerBeWrittenTo_DisturbsNoTask()
    {
        List<TaskFault> faults = [];
        _bench.Tasks.Faulted += faults.Add;
        _bench.Show();
        BackgroundTask import = _bench.Start("Import", task => task.Delay(Bench.Second * 3));
        _bench.Loop.Advance(Bench.Second);

        _bench.Screen.Dispose();
        _bench.Loop.RunUntilEnded(import);

        Assert.Equal(BackgroundTaskState.Succeeded, import.State);
        Assert.Empty(faults);
    }

    [Fact]
    public void ShowProgress_WithWrongArguments_Throws()
    {
        Assert.Throws<ArgumentNullException>("scope", () => ((TaskScope)null!).ShowProgress());
        Assert.Throws<ArgumentOutOfRangeException>("showDelay", () => _bench.Show(-Bench.Second));
    }
}
