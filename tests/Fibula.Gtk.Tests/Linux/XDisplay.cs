using System.Diagnostics;
using System.Runtime.InteropServices;

[assembly: AssemblyFixture(typeof(Fibula.Gtk.Tests.Linux.XDisplay))]

namespace Fibula.Gtk.Tests.Linux;

/// <summary>A screen that nobody sees, and its mouse. It is there from its first use until the last test.</summary>
public sealed partial class XDisplay : IDisposable
{
    // Guards the start: several tests may ask at once.
    private static readonly Lock Gate = new();
    private static Process? _server;
    private static nint _mouse;

    /// <summary>The display's name, once the server runs.</summary>
    public static string Name
    {
        get
        {
            lock (Gate)
            {
                return field ??= Start();
            }
        }
    }

    /// <summary>Presses and releases the button at a point of the screen, as the hardware would.</summary>
    public static void Click(int x, int y)
    {
        lock (Gate)
        {
            const ulong Now = 0;
            _ = FakeMotion(_mouse, -1, x, y, Now);
            _ = FakeButton(_mouse, 1, 1, Now);
            _ = FakeButton(_mouse, 1, 0, Now);
            _ = Sync(_mouse, 0);
        }
    }

    /// <summary>Presses and releases a key above a point of the screen, whose window gets it.</summary>
    public static void Press(nuint key, int x, int y)
    {
        lock (Gate)
        {
            const ulong Now = 0;
            _ = FakeMotion(_mouse, -1, x, y, Now);
            uint code = CodeOf(_mouse, key);
            _ = FakeKey(_mouse, code, 1, Now);
            _ = FakeKey(_mouse, code, 0, Now);
            _ = Sync(_mouse, 0);
        }
    }

    /// <summary>Where on the screen a point of a window is.</summary>
    public static (int X, int Y) PlaceOf(nint window, int x, int y)
    {
        lock (Gate)
        {
            _ = Translate(_mouse, window, DefaultRoot(_mouse), x, y, out int screenX, out int screenY, out _);
            return (screenX, screenY);
        }
    }

    public void Dispose()
    {
        _server?.Kill();
        _server?.WaitForExit();
        _server?.Dispose();
    }

    private static string Start()
    {
        var start = new ProcessStartInfo("Xvfb", ["-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _server = Process.Start(start)!;
        string name = $":{_server.StandardOutput.ReadLine()}";
        _mouse = Open(name);
        Assert.NotEqual(0, _mouse);
        return name;
    }

    [LibraryImport("libX11.so.6", EntryPoint = "XOpenDisplay", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string name);

    [LibraryImport("libX11.so.6", EntryPoint = "XSync")]
    private static partial int Sync(nint display, int discard);

    [LibraryImport("libX11.so.6", EntryPoint = "XDefaultRootWindow")]
    private static partial nint DefaultRoot(nint display);

    [LibraryImport("libX11.so.6", EntryPoint = "XTranslateCoordinates")]
    private static partial int Translate(nint display, nint from, nint to, int x, int y, out int toX, out int toY, out nint child);

    [LibraryImport("libX11.so.6", EntryPoint = "XKeysymToKeycode")]
    private static partial byte CodeOf(nint display, nuint key);

    [LibraryImport("libXtst.so.6", EntryPoint = "XTestFakeKeyEvent")]
    private static partial int FakeKey(nint display, uint code, int isPress, ulong delay);

    [LibraryImport("libXtst.so.6", EntryPoint = "XTestFakeMotionEvent")]
    private static partial int FakeMotion(nint display, int screen, int x, int y, ulong delay);

    [LibraryImport("libXtst.so.6", EntryPoint = "XTestFakeButtonEvent")]
    private static partial int FakeButton(nint display, uint button, int isPress, ulong delay);
}
