namespace Fibula.Tests.Apps.Linux;

public sealed class ProcessEndTests
{
    [Theory(Timeout = 60_000), Trait("Behaviour", "B83")]
    [InlineData("return", 0, "2 tasks still ran: 'Import', 'Export'.")]
    [InlineData("return while the pool works", 0, "1 task still ran: 'Hash'.")]
    [InlineData("return while a loop runs", 0, "1 task still ran: 'Import'.")]
    [InlineData("exit on the UI thread", 3, "1 task still ran: 'Import'.")]
    [InlineData("exit on the pool", 3, "1 task still ran: 'Import'.")]
    public async Task Process_EndsWhileTasksRun_IsNotHeldAndNamesThemInOneLine(string scenario, int exitCode, string names)
    {
        using var program = ChildProgram.Run($"end:{scenario}");

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();

        Assert.Equal(exitCode, end.ExitCode);
        Assert.Equal($"The process ends while {names}", Assert.Single(end.Error));
    }

    [Fact(Timeout = 60_000), Trait("Behaviour", "B83")]
    public async Task Process_EndsWhileVeryManyTasksRun_NamesTheFirstAndCountsTheRest()
    {
        using var program = ChildProgram.Run("end:return while very many run");

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();

        string names = string.Join(", ", Enumerable.Range(1, 20).Select(number => $"'{number}'"));
        Assert.Equal($"The process ends while 1000 tasks still ran: {names} and 980 more.", Assert.Single(end.Error));
    }

    [Theory(Timeout = 60_000), Trait("Behaviour", "B83")]
    [InlineData("unhandled on the UI thread")]
    [InlineData("unhandled on the pool")]
    public async Task Process_UnhandledException_IsNotHeldAndNamesWhatRanOnce(string scenario)
    {
        using var program = ChildProgram.Run($"end:{scenario}");

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();

        Assert.Equal(134, end.ExitCode);
        Assert.Single(end.Error, line => line == "The process ends while 2 tasks still ran: 'Import', 'Export'.");
        Assert.Contains("Unhandled exception. System.InvalidOperationException: No disk.", end.Error);
    }

    [Fact(Timeout = 60_000), Trait("Behaviour", "B83")]
    public async Task Process_EndsWithNothingLeft_SaysNothing()
    {
        using var program = ChildProgram.Run("end:return with nothing left");

        (int ExitCode, string[] Output, string[] Error) end = await program.WaitForEndAsync();

        Assert.Equal(0, end.ExitCode);
        Assert.Empty(end.Error);
    }
}
