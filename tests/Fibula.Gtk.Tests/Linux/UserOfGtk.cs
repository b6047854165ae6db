using System.Diagnostics;
using System.Globalization;

namespace Fibula.Gtk.Tests.Linux;

/// <summary>Somebody before the screen of a program: sees the texts on it, and clicks.</summary>
internal sealed class UserOfGtk(string program) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _program = GtkSharpProgram.Start(program);

    public Task SeesAsync(string window, string text) => AskAsync("sees", window, text);

    public Task SeesNoMoreAsync(string window) => AskAsync("sees no more", window);

    public Task CloseAsync(string window) => AskAsync("close", window);

    /// <summary>The answer to the question before may be on its way to the window still: until it is there, a close belongs to that question.</summary>
    public Task CloseUntilThereIsAsync(string window, string question) => AskAsync("close until there is", window, question);

    public async Task ClickAsync(string window, string button)
    {
        string place = await AskAsync("where", window, button);
        int[] point = [.. place.Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        XDisplay.Click(point[0], point[1]);
    }

    /// <summary>The exit code, when the program has returned.</summary>
    public async Task<int> SeesTheEndAsync()
    {
        await _program.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        return _program.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _program.Kill();
        await _program.WaitForExitAsync();
        _program.Dispose();
    }

    private async Task<string> AskAsync(string question, string window, string text = "")
    {
        await _program.StandardInput.WriteLineAsync($"{question}|{window}|{text}");
        string? answer = await _program.StandardOutput.ReadLineAsync().WaitAsync(Patience, TimeProvider.System);
        Assert.True(answer is not null, $"The program has ended before the user {question} '{window}' {text}.");
        return answer;
    }
}
