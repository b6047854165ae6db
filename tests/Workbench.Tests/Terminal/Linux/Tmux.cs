using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace Workbench;

/// <summary>A real terminal with the program in it, on a tmux server of its own.</summary>
internal sealed class Tmux : IAsyncDisposable
{
    private const string ExitMark = "exit code ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly string _server = $"workbench-{Guid.NewGuid():N}";

    // What the program throws away must not lie in the user's trash.
    private readonly TempFolder _data = new();

    // A client that is told of everything the program writes, line by line.
    private readonly Process _watcher;
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task _watching;

    public Tmux(int width, int height, params string[] folders)
        : this(width, height, $"{CommandFor(folders)}; echo {ExitMark}$?.; exec cat")
    {
    }

    private Tmux(int width, int height, string command)
    {
        Run("-f", "/dev/null", "new-session", "-d", "-x", $"{width}", "-y", $"{height}", "-e", $"XDG_DATA_HOME={_data.Path}", command);
        string[] watch = ["-u", "-L", _server, "-C", "attach-session", "-f", "ignore-size"];
        _watcher = Process.Start(new ProcessStartInfo("tmux", watch) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        _watching = WatchAsync();
    }

    /// <summary>Standard error goes to a file: it can be read when the terminal is gone.</summary>
    public static Tmux WithErrorsTo(string file, params string[] folders) => new(80, 24, $"exec {CommandFor(folders)} 2>'{file}'");

    /// <summary>What lies in the trash.</summary>
    public IEnumerable<string> Trash => Directory.Exists(_data["Trash/files"]) ? Directory.EnumerateFiles(_data["Trash/files"]).Select(path => Path.GetFileName(path)) : [];

    /// <summary>What is on the screen, line by line.</summary>
    public string[] Lines => Run("capture-pane", "-p").Split('\n');

    /// <summary>The program is the only child of the shell.</summary>
    public string ProgramId => Shell.Run("pgrep", "--parent", Tell("pane_pid")).TrimEnd();

    private string Screen => string.Join('\n', Lines);

    public void Press(params string[] keys) => Run(["send-keys", .. keys]);

    public void Type(string text) => Run("send-keys", "-l", text);

    public void Resize(int width, int height) => Run("resize-window", "-x", $"{width}", "-y", $"{height}");

    /// <summary>Takes the terminal away, as closing its window does.</summary>
    public void HangUp() => Run("set-option", "-g", "exit-empty", "off", ";", "kill-session");

    public void Signal(string name) => Shell.Run("kill", $"-{name}", ProgramId);

    /// <summary>Completes once the screen shows the text.</summary>
    public Task ShowsAsync(string text) => IsSoAsync(text, isShown: true);

    /// <summary>Completes once the screen does not show the text.</summary>
    public Task ShowsNoMoreAsync(string text) => IsSoAsync(text, isShown: false);

    /// <summary>Waits for the program's end, checks that the terminal is as it was, and answers with the exit code.</summary>
    public async Task<int> EndAsync()
    {
        await ShowsAsync(ExitMark);
        Assert.Equal("0 1 0", Tell("alternate_on") + " " + Tell("cursor_flag") + " " + Tell("mouse_any_flag"));
        return int.Parse(Screen.Split(ExitMark)[1].Split('.')[0], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        Run("kill-server");
        await _watching;
        _watcher.Dispose();
        _data.Dispose();
    }

    private static string CommandFor(string[] folders) =>
        string.Join(' ', folders.Prepend(WorkbenchProcess.Program).Select(word => $"'{word}'"));

    private async Task WatchAsync()
    {
        while (await _watcher.StandardOutput.ReadLineAsync() is not null)
        {
            _changes.Writer.TryWrite(true);
        }
    }

    private async Task IsSoAsync(string text, bool isShown)
    {
        while (Screen.Contains(text, StringComparison.Ordinal) != isShown)
        {
            await ChangesAsync(text);
        }
    }

    private async Task ChangesAsync(string awaited)
    {
        try
        {
            await _changes.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Waited in vain for a change of '{awaited}'. The screen:\n{Screen}");
        }
    }

    private string Tell(string variable) => Run("display-message", "-p", $"#{{{variable}}}").TrimEnd();

    private string Run(params string[] arguments) => Shell.Run("tmux", ["-u", "-L", _server, .. arguments]);
}
