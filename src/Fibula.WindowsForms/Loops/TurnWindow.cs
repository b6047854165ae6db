using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Windows.Forms;

namespace Fibula;

/// <summary>An invisible window that requests turns on a thread: any loop of the thread, even a dialog's or a menu's, dispatches its
/// messages.</summary>
internal sealed partial class TurnWindow : NativeWindow
{
    private const int TimerMessage = 0x0113;
    private const int TurnMessage = 0x8000;
    private const nint MessageOnly = -3;
    private const nint Timer = 1;
    private const uint ShortestTime = 10;
    private const uint InputAndPaint = 0x0407 | 0x0020;

    private readonly Action _turn;

    public TurnWindow(Action turn)
    {
        _turn = turn;
        CreateHandle(new CreateParams { Parent = MessageOnly });
    }

    /// <summary>Asks for a turn, from any thread. Posted messages come before input and paint.</summary>
    public void Request(bool yielding)
    {
        if (PostMessage(Handle, TurnMessage, yielding ? 1 : 0, 0) == 0)
        {
            throw new Win32Exception();
        }
    }

    /// <inheritdoc/>
    protected override void WndProc(ref Message m)
    {
        if (m.Msg == TurnMessage && m.WParam != 0 && IsInputOrPaintPending())
        {
            // A timer's message comes when the queue is empty. It is slow, so it is used only if there is something to wait for.
            _ = SetTimer(Handle, Timer, ShortestTime, 0);
        }
        else if (m.Msg == TurnMessage)
        {
            _turn();
        }
        else if (m.Msg == TimerMessage)
        {
            _ = KillTimer(Handle, Timer);
            _turn();
        }
        else
        {
            base.WndProc(ref m);
        }
    }

    // The upper half tells what is there, the lower what is new.
    private static bool IsInputOrPaintPending() => GetQueueStatus(InputAndPaint) >> 16 != 0;

    [LibraryImport("user32", EntryPoint = "PostMessageW", SetLastError = true)]
    private static partial int PostMessage(nint window, int message, nint wParam, nint lParam);

    [LibraryImport("user32", EntryPoint = "SetTimer")]
    private static partial nint SetTimer(nint window, nint id, uint milliseconds, nint callback);

    [LibraryImport("user32", EntryPoint = "KillTimer")]
    private static partial int KillTimer(nint window, nint id);

    [LibraryImport("user32", EntryPoint = "GetQueueStatus")]
    private static partial uint GetQueueStatus(uint kinds);
}
