namespace Fibula.Tests.Scopes;

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
        string[] lines = await SampleProgram.RunAsync("LostTasks", hazard);

        const string Lost = "collected while it waited; its finally never ran, and nobody was told.";
        Assert.Equal([$"{hazard}, without the token: {Lost}", $"{hazard}, with the token: {Lost}"], lines);
    }

    [Fact]
    [Trait("Behaviour", "B13")]
    public async Task FileWatcher_InAScope_ResumesWhenTheFileAppears()
    {
        string[] lines = await SampleProgram.RunAsync("LostTasks", "--with-fibula", "file-watcher");

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
        string[] lines = await SampleProgram.RunAsync("LostTasks", "--with-fibula", hazard);

        Assert.Equal(
            [
                $"{hazard}, without the token: held through 5 collections; named at close as a survivor: {hazard}, Canceling.",
                $"{hazard}, with the token: held through 5 collections; asked to cancel when the program left; its finally ran.",
            ],
            lines);
    }
}
