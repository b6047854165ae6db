using System.Runtime.InteropServices;

namespace Fibula.Tests.Apps.Linux;

/// <summary>An app leaves although the program's own work has every thread of the pool, which gets free only afterwards.</summary>
public sealed class WithoutThePoolTests
{
    [Theory(Timeout = 120_000), Trait("Behaviour", "B11")]
    [InlineData("main", "left")]
    [InlineData("main with a result", "result, left")]
    [InlineData("main that fails", "No disk., left")]
    [InlineData("exit", "cleaned up, left")]
    [InlineData("request", "asked: Requested, Leaving, left")]
    [InlineData("request after a no", "asked: Requested, Refused, asked: Requested, Leaving, left")]
    [InlineData("question", "asked: Requested, asked about: Import, Leaving, cleaned up, left")]
    [InlineData("close of a scope", "cleaned up, closed, left")]
    [InlineData("close of a scope that asks", "asked about: Import, cleaned up, closed, left")]
    [InlineData("window", "asked about: Import, cleaned up, closed, left")]
    [InlineData("last window", "asked: WindowClosed, left")]
    public async Task App_ThePoolHasNoThread_Leaves(string way, string output)
    {
        using var program = ChildProgram.Run($"no pool:{way}");

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();

        Assert.Empty(end.Error);
        Assert.Equal((0, output), (end.ExitCode, string.Join(", ", end.Output)));
    }

    [Fact(Timeout = 120_000), Trait("Behaviour", "B11")]
    public async Task Signal_ThePoolHasNoThread_EndsTheTasksFirst()
    {
        using ChildProgram program = await ChildProgram.StartAsync("no pool:signal");

        program.Send(PosixSignal.SIGTERM);

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();
        Assert.Empty(end.Error);
        Assert.Equal((143, "asked: Terminate, cleaned up, left"), (end.ExitCode, string.Join(", ", end.Output)));
    }
}
