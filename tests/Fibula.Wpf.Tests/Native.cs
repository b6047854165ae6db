using System.Runtime.InteropServices;

namespace Fibula.Wpf.Tests;

/// <summary>What the system does when somebody sits at it.</summary>
internal static partial class Native
{
    private const uint Close = 0x0010;
    private const uint KeyDown = 0x0100;
    private const uint KeyUp = 0x0101;

    /// <summary>A press of the key A.</summary>
    public static void Press(nint window) => PostMessage(window, KeyDown, 'A', 0x001E0001);

    /// <summary>A press of the space bar, which clicks the button that has the focus.</summary>
    public static void PressSpace(nint window)
    {
        PostMessage(window, KeyDown, ' ', 0x00390001);
        PostMessage(window, KeyUp, ' ', unchecked((nint)0xC0390001));
    }

    /// <summary>A click on the close button of the title bar.</summary>
    public static void ClickClose(nint window) => PostMessage(window, Close, 0, 0);

    [DllImport("user32.dll", EntryPoint = "PostMessageW")]
    private static extern int PostMessage(nint window, uint message, nint first, nint second);
}
