using System.Runtime.InteropServices;

namespace Fibula.WindowsForms.Tests;

/// <summary>As much of Windows as the tests need beside the toolkit.</summary>
internal static partial class User32
{
    public const int Close = 0x0010;
    public const int QueryEndSession = 0x0011;
    public const int EndSession = 0x0016;

    [LibraryImport("user32", EntryPoint = "FindWindowW", StringMarshalling = StringMarshalling.Utf16)]
    public static partial nint Find(string? type, string title);

    [LibraryImport("user32", EntryPoint = "SendMessageW")]
    public static partial nint Send(nint window, int message, nint wParam, nint lParam);
}
