using System.Diagnostics;

namespace Fibula.Tests.Scopes;

// The sample runs in a process of its own: what a test run keeps alive must not count.
public sealed class LostTasksTests
{
    [Theory]
    [InlineData("file-watcher")]
    [InlineData("channel")]
    [InlineData("messenger")]
    [InlineData("semaphore")]
    [Trait("Behaviour", "B13")]
    public async Task Hazard_WithoutFibula_IsCollectedWithoutAWord(string hazard)
    {
        string[] lines = await RunSampleAsync(hazard);

        const string Lost = "collected while it waited; its finally never ran, and nobody was told.";
        Assert.Equal([$"{hazard}, without the token: {Lost}", $"{hazard}, with the token: {Lost}"], lines);
    }

    [Fact]
    [Trait("Behaviour", "B13")]
    public async Task FileWatcher_InAScope_ResumesWhenTheFileAppears()
    {
        string[] lines = await RunSampleAsync("--with-fibula", "file-watcher");

        const string Resumed = "held through 5 collections; resumed when its signal came; its finally ran.";
        Assert.Equal([$"file-watcher, without the token: {Resumed}", $"file-watcher, with the token: {Resumed}"], lines);
    }

    [Theory]
    [InlineData("channel")]
    [InlineData("messenger")]
    [InlineData("semaphore")]
    [Trait("Behaviour", "B13")]
    public async Task Hazard_InAScope_EndsAtCloseOrIsNamedAsASurvivor(string hazard)
    {
        string[] lines = await RunSampleAsync("--with-fibula", hazard);

        Assert.Equal(
            [
                $"{hazard}, without the token: held through 5 collections; named at close as a survivor: {hazard}, Canceling.",
                $"{hazard}, with the token: held through 5 collections; told to cancel when the program left; its finally ran.",
            ],
            lines);
    }

    private static async Task<string[]> RunSampleAsync(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "LostTasks.exe" : "LostTasks");
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, await errors);
        return output.ReplaceLineEndings("\n").TrimEnd().Split('\n');
    }
}
