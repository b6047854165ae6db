using System.Runtime.InteropServices;

namespace Fibula.Tests.Apps.Linux;

/// <summary>Whose the signals of a process are, and with which code it ends.</summary>
public sealed class ExitCodeTests
{
    [Theory(Timeout = 120_000), Trait("Behaviour", "B97")]
    [InlineData("0", PosixSignal.SIGTERM, 143)]
    [InlineData("0", PosixSignal.SIGINT, 130)]
    [InlineData("0", PosixSignal.SIGHUP, 129)]
    [InlineData("exit", PosixSignal.SIGTERM, 143)]
    [InlineData("5", PosixSignal.SIGTERM, 5)]
    public async Task Main_ReturnsAfterASignal_OnlyZeroIsReplacedByTheCodeOfTheSignal(string returned, PosixSignal signal, int exitCode)
    {
        using ChildProgram program = await ChildProgram.StartAsync($"code:{returned}");

        program.Send(signal);

        Assert.Equal(exitCode, (await program.WaitForEndAsync()).ExitCode);
    }

    [Fact(Timeout = 120_000), Trait("Behaviour", "B97")]
    public async Task Main_WorksLongerThanTheLimitAfterItsLoop_IsNotCutOff()
    {
        using ChildProgram program = await ChildProgram.StartAsync("code:saves after the loop");

        program.Send(PosixSignal.SIGTERM);

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();
        Assert.Equal((143, "saved"), (end.ExitCode, end.Output[^1]));
        Assert.Empty(end.Error);
    }

    [Fact(Timeout = 120_000), Trait("Behaviour", "B97")]
    public async Task Loop_OnAnotherThread_LeavesSignalsAndTheExitCodeToTheProgram()
    {
        using ChildProgram program = await ChildProgram.StartAsync("code:another thread");

        program.Send(PosixSignal.SIGTERM);

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();
        Assert.Equal((7, "cleaned up, app's code: 0"), (end.ExitCode, string.Join(", ", end.Output)));
    }

    [Fact(Timeout = 120_000), Trait("Behaviour", "B97")]
    public async Task Loop_OnAnotherThreadThatHandlesSignals_EndsByThem()
    {
        using ChildProgram program = await ChildProgram.StartAsync("code:another thread that handles signals");

        program.Send(PosixSignal.SIGTERM);

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();
        Assert.Equal((143, "asked: Terminate, cleaned up, app's code: 143"), (end.ExitCode, string.Join(", ", end.Output)));
    }

    [Fact(Timeout = 120_000), Trait("Behaviour", "B97")]
    public async Task Loop_OnTheMainThreadThatDoesNotHandleSignals_LeavesThemToTheProgram()
    {
        using ChildProgram program = await ChildProgram.StartAsync("code:main thread that does not");

        program.Send(PosixSignal.SIGTERM);

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();
        Assert.Equal(7, end.ExitCode);
        Assert.Empty(end.Output);
    }

    [Fact(Timeout = 120_000), Trait("Behaviour", "B97")]
    public async Task Loop_InAServiceOfAWebServer_DoesNotCutItsShutdown()
    {
        using ChildProgram program = await ChildProgram.StartAsync("host");

        program.Send(PosixSignal.SIGTERM);

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();
        Assert.Equal((0, "host ended: answered"), (end.ExitCode, string.Join(", ", end.Output)));
        Assert.Empty(end.Error);
    }

    [Theory(Timeout = 120_000), Trait("Behaviour", "B11")]
    [InlineData(PosixSignal.SIGTERM, 143)]
    [InlineData(PosixSignal.SIGINT, 130)]
    public async Task Signal_WithAnExhaustedThreadPool_EndsTheProcess(PosixSignal signal, int exitCode)
    {
        using ChildProgram program = await ChildProgram.StartAsync("code:exhausted pool");

        program.Send(signal);

        Assert.Equal(exitCode, (await program.WaitForEndAsync()).ExitCode);
    }
}
