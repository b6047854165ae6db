namespace Fibula.TerminalGui.Tests.Linux;

/// <summary>Programs that end while they take the terminal: it is given back as it was.</summary>
public sealed class TerminalStartTests
{
    private const string Programs = "Fibula.TerminalGui.TestPrograms";

    // The toolkit's input thread has made the terminal raw, and Init goes on; Init is about to return; it has returned; the window is about to be drawn.
    private static readonly string[] Moments = ["raw", "taken", "initialized", "session"];

    public static TheoryData<string, string, int> Signals =>
        [.. from moment in Moments
            from signal in new[] { ("SIGTERM", 143), ("SIGINT", 130), ("SIGHUP", 129), ("SIGQUIT", 131) }
            select (moment, signal.Item1, signal.Item2)];

    public static TheoryData<string> Thrown =>
        ["throws at taken", "throws at initialized", "throws at session", .. Moments.Select(moment => $"throws elsewhere at {moment}")];

    [Theory]
    [MemberData(nameof(Signals))]
    [Trait("Behaviour", "B11")]
    public async Task Signal_WhileTheTerminalIsTaken_GivesItBack(string moment, string signal, int exitCode)
    {
        await using var program = TerminalProgram.Start(Programs, $"{signal} at {moment}");

        (int ended, _) = await program.EndAsync();

        Assert.Equal(exitCode, ended);
        Assert.Contains("\e[?1049l", program.Seen);
    }

    [Theory]
    [MemberData(nameof(Thrown))]
    public async Task Error_WhileTheTerminalIsTaken_GivesItBack(string way)
    {
        await using var program = TerminalProgram.Start(Programs, way);

        (int ended, string afterScreen) = await program.EndAsync();

        Assert.Equal(134, ended);
        Assert.Contains("No start.", afterScreen);
    }

    [Fact]
    [Trait("Run", "Long")]
    [Trait("Behaviour", "B11")]
    public async Task Signal_AtAnyMomentOfTheStart_LeavesTheTerminalAsItWas()
    {
        var random = new Random(1);
        (string Name, int ExitCode)[] signals = [("TERM", 143), ("INT", 130), ("HUP", 129), ("QUIT", 131)];
        for (int round = 0; round < 100; round++)
        {
            (string name, int exitCode) = signals[round % signals.Length];
            await using var program = TerminalProgram.Start(Programs, "waits");
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1500)), TimeProvider.System, TestContext.Current.CancellationToken);

            await program.SignalAsync(name);
            (int ended, _) = await program.EndAsync();

            Assert.Equal((round, exitCode), (round, ended));
        }
    }
}
