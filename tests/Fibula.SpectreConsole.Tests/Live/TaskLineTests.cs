using Spectre.Console;

namespace Fibula.SpectreConsole.Tests.Live;

public sealed class TaskLineTests
{
    [Theory]
    [InlineData(120, "Import ━━━━━━━━━━━━╸━━━━━━━━━━━━━━━━━  42 % 0:01  prices.csv")]
    [InlineData(80, "Import ━━━━━━━━━━━━━━━━━━━━  42 % 0:01  prices.csv")]
    [InlineData(60, "Import ━━━━━━━━━━━━  42 % 0:01  prices.csv")]
    [InlineData(40, "Import ━━━━━━━━  42 % 0:01  prices.csv")]
    [InlineData(28, "Import ━━━━━━━━  42 % 0:01")]
    [InlineData(12, "Import ━━━")]
    public void Line_InATerminalOfAnyWidth_TellsAsMuchAsFits(int columns, string line)
    {
        var bench = new Bench();
        bench.Console.Profile.Width = columns;
        bench.Show();

        bench.Start("Import", task => task.Report(42, 100, "prices.csv"));
        bench.Loop.Advance(Bench.Second);

        Assert.Equal([line], bench.Screen.Rows);
    }

    [Fact]
    public void Line_WithAnEstimate_TellsTheRemainingTimeBeforeTheMessage()
    {
        var bench = new Bench();
        bench.Show();

        bench.Start("Import", async task =>
        {
            for (int done = 0; done < 100; done++)
            {
                task.Report(done, 100, "prices.csv");
                await task.Delay(Bench.Second);
            }
        });
        bench.Loop.Advance(TimeSpan.FromSeconds(20));

        Assert.EndsWith(" 20 % 0:20  about 1 minute left, prices.csv", bench.Screen.RowOf("Import"));
    }

    [Fact]
    public void Line_WithoutATotal_CountsAndMovesItsBar()
    {
        var bench = new Bench(colors: ColorSystemSupport.NoColors);
        bench.Show();
        bench.Start("Import", task => task.Advance(1234));
        bench.Loop.Advance(Bench.Second);
        string first = Assert.Single(bench.Screen.Rows);

        bench.Loop.Advance(Bench.Tenth);

        string second = Assert.Single(bench.Screen.Rows);
        Assert.EndsWith(" 1,234 0:01", first);
        Assert.NotEqual(first, second);
        Assert.Equal(first.Count('━'), second.Count('━'));
    }

    [Theory]
    [InlineData(80, " 42 % 0:01  Canceling …")]
    [InlineData(30, "Import Canceling …    0:01")]
    public void Line_OfACanceledTask_SaysSoUntilItHasEnded(int columns, string end)
    {
        var bench = new Bench();
        bench.Console.Profile.Width = columns;
        bench.Show();
        BackgroundTask import = bench.Start("Import", async task =>
        {
            task.Report(42, 100, "prices.csv");
            await Task.Delay(Bench.Second * 3, task.TimeProvider);
        });
        bench.Loop.Advance(Bench.Second);

        import.Cancel();
        bench.Loop.Advance(Bench.Tenth * 2);
        string canceling = Assert.Single(bench.Screen.Rows);
        bench.Loop.Advance(Bench.Second * 3);

        Assert.EndsWith(end, canceling);
        Assert.Contains("\e[33m", bench.Screen.ToString(), StringComparison.Ordinal);
        Assert.Empty(bench.Screen.Rows);
    }

    [Fact]
    public void Line_WithoutColors_TellsDoneFromRestBySigns()
    {
        var bench = new Bench(colors: ColorSystemSupport.NoColors);
        bench.Show();

        bench.Start("Import", task => task.Report(0.5));
        bench.Loop.Advance(Bench.Second);

        Assert.Equal(["Import ━━━━━━━━━━──────────  50 % 0:01"], bench.Screen.Rows);
        Assert.DoesNotContain("\e[3", bench.Screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Line_WithoutUnicode_IsAscii()
    {
        var bench = new Bench();
        bench.Console.Profile.Capabilities.Unicode = false;
        bench.Show();

        bench.Start("Import", task => task.Report(0.5));
        bench.Loop.Advance(Bench.Second);

        Assert.Equal(["Import ==========----------  50 % 0:01"], bench.Screen.Rows);
    }

    [Fact]
    public void Line_WithSteeringText_ShowsItWithoutItsEffect()
    {
        var bench = new Bench();
        bench.Show();

        bench.Start("[red]a\e[2J\u202eb", task => task.Report("c\r\nd[/]"));
        bench.Loop.Advance(Bench.Second);

        Assert.Equal(["[red]a?[2Jb ━━━━━━━━━━━━━━━━━━━━       0:01  c??d[/]"], bench.Screen.Rows);
        Assert.DoesNotContain("\e[2J", bench.Screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Line_WithWideCharacters_FillsItsColumns()
    {
        var bench = new Bench();
        bench.Console.Profile.Width = 40;
        bench.Show();

        bench.Start("日本語日本語日本語", task => task.Report(1, 2));
        bench.Start("Import", task => task.Report(1, 2));
        bench.Loop.Advance(Bench.Second);

        Assert.Equal(["日本語日本語… ━━━━━━━━  50 % 0:01", "Import        ━━━━━━━━  50 % 0:01"], bench.Screen.Rows);
    }

    [Fact]
    public void Lines_ThatAreMoreThanTheTerminalIsHigh_AreCounted()
    {
        var bench = new Bench();
        bench.Console.Profile.Height = 6;
        bench.Show();

        for (int task = 1; task <= 10; task++)
        {
            bench.Start($"Task {task}");
        }

        bench.Loop.Advance(Bench.Second);

        Assert.Equal(["Task 1", "Task 2", "Task 3", "… and "], bench.Screen.Rows.Select(row => row[..6]));
        Assert.Equal("… and 7 more", bench.Screen.Rows[^1]);
    }
}
