using System.Diagnostics;

namespace Workbench;

/// <summary>A real terminal with the program in it, on a tmux server of its own.</summary>
internal sealed class Tmux : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _server = $"workbench-{Guid.NewGuid():N}";

    public Tmux(int width, int height, params string[] folders)
    {
        string program = string.Join(' ', folders.Prepend(WorkbenchProcess.Program).Select(word => $"'{word}'"));
        Run("-f", "/dev/null", "new-session", "-d", "-x", $"{width}", "-y", $"{height}", $"exec {program}", ";", "set", "remain-on-exit", "on");
    }

    /// <summary>What is on the screen, line by line.</summary>
    public string[] Lines => Run("capture-pane", "-p").Split('\n');

    private string Screen => string.Join('\n', Lines);

    public void Press(params string[] keys) => Run(["send-keys", .. keys]);

    public void Type(string text) => Run("send-keys", "-l", text);

    public void Resize(int width, int height) => Run("resize-window", "-x", $"{width}", "-y", $"{height}");

    public void Signal(string name) => Shell.Run("kill", $"-{name}", Tell("pane_pid"));

    /// <summary>Waits until the screen shows the text.</summary>
    public void Shows(string text) => Until(() => Screen.Contains(text, StringComparison.Ordinal), $"the screen shows '{text}'");

    /// <summary>Waits until the screen shows the text no more.</summary>
    public void ShowsNoMore(string text) => Until(() => !Screen.Contains(text, StringComparison.Ordinal), $"'{text}' is gone");

    /// <summary>Waits for the program's end, checks that the terminal is as it was, and answers with the exit code.</summary>
    public int End()
    {
        Until(() => Tell("pane_dead") == "1", "the program has ended");
        Assert.Equal("0 1 0", Tell("alternate_on") + " " + Tell("cursor_flag") + " " + Tell("mouse_any_flag"));
        return int.Parse(Tell("pane_dead_status"), null);
    }

    public void Dispose() => Run("kill-server");

    // Nothing tells when a foreign screen changes; each look is a process of its own, which is rest enough.
    private void Until(Func<bool> condition, string what)
    {
        long began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"Waited in vain until {what}. The screen:\n{Screen}");
        }
    }

    private string Tell(string variable) => Run("display-message", "-p", $"#{{{variable}}}").TrimEnd();

    private string Run(params string[] arguments) => Shell.Run("tmux", ["-u", "-L", _server, .. arguments]);
}
