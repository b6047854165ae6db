using System.Runtime.InteropServices;
using System.Windows.Forms;

namespace Fibula.WindowsForms.Tests;

/// <summary>As much of Windows as the tests need beside the toolkit.</summary>
internal static partial class User32
{
    public const int Close = 0x0010;
    public const int QueryEndSession = 0x0011;
    public const int EndSession = 0x0016;

    private const int KeyDown = 0x0100;
    private const int SystemCommand = 0x0112;
    private const int CloseCommand = 0xF060;
    private const int ButtonDown = 0x0201;
    private const int ButtonUp = 0x0202;
    private const nint InTheCorner = (5 << 16) | 5;

    /// <summary>Presses and releases the mouse button on a control.</summary>
    public static void Click(Control control)
    {
        _ = Post(control.Handle, ButtonDown, 1, InTheCorner);
        _ = Post(control.Handle, ButtonUp, 0, InTheCorner);
    }

    /// <summary>What a click on the close button of the title bar gives.</summary>
    public static void ClickClose(nint form) => _ = Post(form, SystemCommand, CloseCommand, 0);

    public static void Press(Control control, Keys key) => _ = Post(control.Handle, KeyDown, (nint)key, 0);

    [LibraryImport("user32", EntryPoint = "FindWindowW", StringMarshalling = StringMarshalling.Utf16)]
    public static partial nint Find(string? type, string title);

    [LibraryImport("user32", EntryPoint = "SendMessageW")]
    public static partial nint Send(nint window, int message, nint wParam, nint lParam);

    [LibraryImport("user32", EntryPoint = "PostMessageW")]
    private static partial int Post(nint window, int message, nint wParam, nint lParam);
}
