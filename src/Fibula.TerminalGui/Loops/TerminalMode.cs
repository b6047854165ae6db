using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fibula;

/// <summary>The mode of the terminal before the toolkit makes it raw: line by line, with an echo. Nothing of that is known outside Unix.</summary>
internal sealed partial class TerminalMode
{
    private const int StandardInput = 0;

    // TCSANOW, and TCSAFLUSH, which waits for the output and drops the input: on Linux and macOS alike.
    private const int Now = 0;
    private const int DroppingInput = 2;

    // A termios, whose layout is the system's own. It has 60 bytes on Linux, 72 on macOS.
    private readonly byte[] _settings = new byte[256];

    // The toolkit uses it too: the terminal may differ from that of the redirected input.
    private readonly SafeFileHandle? _terminal;

    private TerminalMode(SafeFileHandle? terminal) => _terminal = terminal;

    private int Descriptor => _terminal?.DangerousGetHandle().ToInt32() ?? StandardInput;

    /// <summary>The mode of the terminal that the process has; null if it has none.</summary>
    public static TerminalMode? OfTheTerminal()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        try
        {
            return TryGet(terminal: null) ?? TryGet(File.OpenHandle("/dev/tty"));
        }
        catch (Exception)
        {
            // No terminal.
            return null;
        }
    }

    public void Restore() => _ = SetMode(Descriptor, Now, _settings);

    /// <summary>Drops unread input: the terminal's answers to the toolkit's queries, which the shell would take for a command.</summary>
    public void DropInput() => _ = SetMode(Descriptor, DroppingInput, _settings);

    private static TerminalMode? TryGet(SafeFileHandle? terminal)
    {
        var mode = new TerminalMode(terminal);
        return GetMode(mode.Descriptor, mode._settings) == 0 ? mode : null;
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetMode(int descriptor, [Out] byte[] settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetMode(int descriptor, int when, byte[] settings);
}
