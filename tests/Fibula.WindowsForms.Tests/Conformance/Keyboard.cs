using System.Runtime.InteropServices;

namespace Fibula.WindowsForms.Tests.Conformance;

/// <summary>The keyboard, as the system sees it: what is typed goes through the system's input queue to the window in front.</summary>
internal static partial class Keyboard
{
    public static void Type(byte key)
    {
        const uint Up = 2;
        Press(key, 0, 0, 0);
        Press(key, 0, Up, 0);
    }

    [LibraryImport("user32", EntryPoint = "keybd_event")]
    private static partial void Press(byte key, byte scanCode, uint flags, nint extra);
}
