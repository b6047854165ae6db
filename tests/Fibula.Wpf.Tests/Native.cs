using System.Runtime.InteropServices;

namespace Fibula.Wpf.Tests;

/// <summary>What the system does when somebody sits at it.</summary>
internal static partial class Native
{
    private const uint Close = 0x0010;
    private const uint QueryEndSession = 0x0011;
    private const uint EndSession = 0x0016;
    private const uint KeyDown = 0x0100;
    private const uint KeyUp = 0x0101;
    private const nint Enter = 0x0D;
    private const nint Escape = 0x1B;
    private const nint Delete = 0x2E;

    /// <summary>A press of the key A.</summary>
    public static void Press(nint window) => PostMessage(window, KeyDown, 'A', 0x001E0001);

    /// <summary>A press of the space bar, which clicks the button that has the focus.</summary>
    public static void PressSpace(nint window)
    {
        PostMessage(window, KeyDown, ' ', 0x00390001);
        PostMessage(window, KeyUp, ' ', unchecked((nint)0xC0390001));
    }

    /// <summary>A press of the key Delete.</summary>
    public static void PressDelete(nint window) => PostMessage(window, KeyDown, Delete, 0x01530001);

    /// <summary>A press of the key Enter.</summary>
    public static void PressEnter(nint window) => PostMessage(window, KeyDown, Enter, 0x001C0001);

    /// <summary>A press of the key Escape.</summary>
    public static void PressEscape(nint window) => PostMessage(window, KeyDown, Escape, 0x00010001);

    /// <summary>A click on the close button of the title bar.</summary>
    public static void ClickClose(nint window) => PostMessage(window, Close, 0, 0);

    /// <summary>The user logs off: the system asks all windows of the calling thread, and tells them when none has refused.</summary>
    /// <returns>False if one has refused.</returns>
    public static bool LogOff()
    {
        List<nint> windows = [];
        EnumThreadWindows(GetCurrentThreadId(), Add, 0);
        bool isAccepted = windows.TrueForAll(window => SendMessage(window, QueryEndSession, 0, 0) != 0);
        windows.ForEach(window => SendMessage(window, EndSession, isAccepted ? 1 : 0, 0));
        return isAccepted;

        int Add(nint window, nint data)
        {
            windows.Add(window);
            return 1;
        }
    }

    [DllImport("user32.dll")]
    private static extern int EnumThreadWindows(uint thread, WindowFound found, nint data);

    [DllImport("kernel32.dll")]
    private static extern uint GetCurrentThreadId();

    [DllImport("user32.dll", EntryPoint = "SendMessageW")]
    private static extern nint SendMessage(nint window, uint message, nint first, nint second);

    [DllImport("user32.dll", EntryPoint = "PostMessageW")]
    private static extern int PostMessage(nint window, uint message, nint first, nint second);

    // No Func: the system cannot call a generic delegate.
    private delegate int WindowFound(nint window, nint data);
}
