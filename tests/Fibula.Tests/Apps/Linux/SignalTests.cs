using System.Runtime.InteropServices;

namespace Fibula.Tests.Apps.Linux;

public sealed class SignalTests
{
    [Theory(Timeout = 60_000), Trait("Behaviour", "B11")]
    [InlineData(PosixSignal.SIGINT, "Interrupt", 130)]
    [InlineData(PosixSignal.SIGTERM, "Terminate", 143)]
    [InlineData(PosixSignal.SIGHUP, "SessionEnding", 129)]
    public async Task Signal_ToARunningApp_AsksTheHookDrainsAndSetsTheExitCode(PosixSignal signal, string cause, int exitCode)
    {
        using ChildProgram program = await ChildProgram.StartAsync("signal:agrees");

        program.Send(signal);

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();
        Assert.Equal(exitCode, end.ExitCode);
        Assert.Equal(
            [$"asked: {cause}", "cleaned up", $"report: 3 tasks: 2 finished, 1 canceled by {signal}, 0 survivors, 0 lost, 0 failed"],
            end.Output);
        Assert.Empty(end.Error);
    }

    [Fact(Timeout = 60_000), Trait("Behaviour", "B131")]
    public async Task Signal_ToAnAppWhoseRootHasNoUserInterface_EndsItAndThenTheRoot()
    {
        using ChildProgram program = await ChildProgram.StartAsync("signal:root");

        program.Send(PosixSignal.SIGTERM);

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();
        Assert.Equal(143, end.ExitCode);
        Assert.Equal(["asked: Terminate", "cleaned up"], end.Output[..^1]);
        Assert.StartsWith("root: ", end.Output[^1], StringComparison.Ordinal);
        Assert.EndsWith("0 lost, 0 failed", end.Output[^1], StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000), Trait("Behaviour", "B11")]
    [InlineData("refuses", "2 finished, 1 canceled", "0 failed", "")]
    [InlineData("fails", "1 finished, 1 canceled", "1 failed", "Task 'OnExitAsync' failed: No disk.")]
    [InlineData("hangs", "1 finished, 1 canceled", "0 failed", "")]
    public async Task Signal_HookThatDoesNotAgree_LeavesAllTheSame(string hook, string ended, string faults, string error)
    {
        using ChildProgram program = await ChildProgram.StartAsync($"signal:{hook}");

        program.Send(PosixSignal.SIGTERM);

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();
        Assert.Equal(143, end.ExitCode);
        Assert.Contains("cleaned up", end.Output);
        Assert.Contains(ended, end.Output[^1], StringComparison.Ordinal);
        Assert.EndsWith(faults, end.Output[^1], StringComparison.Ordinal);
        Assert.Contains(error, string.Concat(end.Error), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000), Trait("Behaviour", "B11")]
    public async Task Signal_TaskThatIgnoresIt_IsCutAtTheLimitAndNamed()
    {
        using ChildProgram program = await ChildProgram.StartAsync("signal:deaf");

        program.Send(PosixSignal.SIGINT);

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();
        Assert.Equal(130, end.ExitCode);
        Assert.Equal("report: 3 tasks: 2 finished, 0 canceled, 1 survivor, 0 lost, 0 failed", end.Output[^1]);
        Assert.Equal("The process ends while 1 task still ran: 'Upload'.", Assert.Single(end.Error));
    }

    [Theory(Timeout = 60_000), Trait("Behaviour", "B11")]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    public async Task Signal_UiThreadThatIsBlocked_ReportsAndEndsFromAnotherThread(PosixSignal signal, int exitCode)
    {
        using ChildProgram program = await ChildProgram.StartAsync("signal:blocked");

        program.Send(signal);

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();
        Assert.Equal(exitCode, end.ExitCode);
        Assert.Equal($"The UI thread did not come back within 1.5 s of {signal}; the process ends without it.", end.Error[0]);
        Assert.Equal("3 tasks: 0 finished, 0 canceled, 3 survivors, 0 lost, 0 failed", end.Error[1]);
        Assert.Equal("The process ends while 3 tasks still ran: 'Import', 'OnRunningAsync', 'OnExitAsync'.", end.Error[2]);
    }

    [Fact(Timeout = 60_000), Trait("Behaviour", "B11")]
    public async Task Signal_WithoutAnyTime_EndsTheProcessImmediately()
    {
        using ChildProgram program = await ChildProgram.StartAsync("signal:no time");

        program.Send(PosixSignal.SIGTERM);

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();
        Assert.Equal(143, end.ExitCode);
        Assert.Equal("The UI thread did not come back within 0.0 s of SIGTERM; the process ends without it.", end.Error[0]);
        Assert.Contains("'Upload'", end.Error[2], StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000), Trait("Behaviour", "B11")]
    public async Task Signal_WithoutALimit_WaitsForTheHookAndTheTasks()
    {
        using ChildProgram program = await ChildProgram.StartAsync("signal:any time");
        program.Send(PosixSignal.SIGINT);
        await program.WaitForLineAsync("asked: Interrupt");
        await program.WaitForLineAsync("cleaning up");

        program.Send(PosixSignal.SIGTERM);

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();
        Assert.Equal(130, end.ExitCode);
        Assert.Equal(["cleaned up", "report: 3 tasks: 2 finished, 1 canceled by SIGINT, 0 survivors, 0 lost, 0 failed"], end.Output);
        Assert.Empty(end.Error);
    }

    [Fact(Timeout = 60_000), Trait("Behaviour", "B11")]
    public async Task Signal_HookThatBlocksTheUiThread_EndsFromAnotherThread()
    {
        using ChildProgram program = await ChildProgram.StartAsync("signal:blocks in the hook");

        program.Send(PosixSignal.SIGTERM);

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();
        Assert.Equal(143, end.ExitCode);
        Assert.Equal("The UI thread did not come back within 1.5 s of SIGTERM; the process ends without it.", end.Error[0]);
        Assert.Equal("3 tasks: 1 finished, 0 canceled, 2 survivors, 0 lost, 0 failed", end.Error[1]);
    }

    [Theory(Timeout = 60_000), Trait("Behaviour", "B11")]
    [InlineData("patient", PosixSignal.SIGINT, "told", 130)]
    [InlineData("long hook", PosixSignal.SIGINT, "asked: Interrupt", 130)]
    [InlineData("patient", PosixSignal.SIGTERM, "told", 143)]
    [InlineData("long hook", PosixSignal.SIGHUP, "asked: SessionEnding", 129)]
    public async Task Signal_InterruptAfterAnother_EndsTheProcessAtOnceWithTheCodeOfTheFirst(
        string scenario, PosixSignal first, string lastLine, int exitCode)
    {
        using ChildProgram program = await ChildProgram.StartAsync($"signal:{scenario}");
        program.Send(first);
        await program.WaitForLineAsync(lastLine);

        program.Send(PosixSignal.SIGINT);

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();
        Assert.Equal(exitCode, end.ExitCode);
        Assert.Empty(end.Output);
        Assert.StartsWith("The process ends while 1 task still ran: ", Assert.Single(end.Error), StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000), Trait("Behaviour", "B11")]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGHUP)]
    public async Task Signal_OtherThanInterruptAfterAnother_ChangesNothing(PosixSignal second)
    {
        using ChildProgram program = await ChildProgram.StartAsync("signal:slow clean-up");
        program.Send(PosixSignal.SIGINT);
        await program.WaitForLineAsync("cleaning up");

        program.Send(second);

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();
        Assert.Equal(130, end.ExitCode);
        Assert.Equal(["cleaned up", "report: 3 tasks: 2 finished, 1 canceled by SIGINT, 0 survivors, 0 lost, 0 failed"], end.Output);
    }

    [Fact(Timeout = 60_000), Trait("Behaviour", "B11")]
    public async Task Signal_ProgramThatIgnoresWhatRunReturns_StillHasTheExitCode()
    {
        using ChildProgram program = await ChildProgram.StartAsync("signal:ignored result");

        program.Send(PosixSignal.SIGTERM);

        Assert.Equal(143, (await program.WaitForEndAsync()).ExitCode);
    }

    [Fact(Timeout = 60_000), Trait("Behaviour", "B11")]
    public async Task Signal_ProgramThatIsOneMethod_CancelsItWithTheSignalAsReason()
    {
        using ChildProgram program = await ChildProgram.StartAsync("signal:main");

        program.Send(PosixSignal.SIGINT);

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();
        Assert.Equal((130, "canceled by SIGINT"), (end.ExitCode, Assert.Single(end.Output)));
    }

    [Theory(Timeout = 60_000), Trait("Behaviour", "B11")]
    [InlineData("uncaught main", PosixSignal.SIGINT, 130, "")]
    [InlineData("uncaught main", PosixSignal.SIGTERM, 143, "")]
    [InlineData("uncaught main with a result", PosixSignal.SIGTERM, 143, "")]
    [InlineData("deaf main", PosixSignal.SIGINT, 130, "The process ends while 1 task still ran: 'Main'.")]
    public async Task Signal_ProgramThatIsOneMethodAndCatchesNothing_EndsWithoutAStackTrace(string main, PosixSignal signal, int exitCode, string error)
    {
        using ChildProgram program = await ChildProgram.StartAsync($"signal:{main}");

        program.Send(signal);

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();
        Assert.Equal((exitCode, error), (end.ExitCode, string.Join('\n', end.Error)));
    }

    [Fact(Timeout = 60_000), Trait("Behaviour", "B11")]
    public async Task Signal_ProgramThatIsOneMethodAndFails_IsAnUnhandledException()
    {
        using ChildProgram program = await ChildProgram.StartAsync("signal:failing main");

        program.Send(PosixSignal.SIGTERM);

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();
        Assert.Equal(134, end.ExitCode);
        Assert.Contains("Unhandled exception. System.InvalidOperationException: No disk.", end.Error);
    }

    [Fact(Timeout = 60_000), Trait("Behaviour", "B11")]
    public async Task Signal_ProgramThatIsOneMethodAndFinishesAllTheSame_HasItsResultAndTheExitCodeOfTheSignal()
    {
        using ChildProgram program = await ChildProgram.StartAsync("signal:finishing main");

        program.Send(PosixSignal.SIGTERM);

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();
        Assert.Equal((143, "result: 42"), (end.ExitCode, Assert.Single(end.Output)));
        Assert.Empty(end.Error);
    }
}
