using System.Runtime.InteropServices;

namespace Fibula.Tests.Conformance.Linux;

/// <summary>As much of a binding of SDL 2 as a frame loop needs. It draws where nobody looks.</summary>
internal sealed unsafe partial class Sdl2 : IDisposable
{
    private const string Library = "libSDL2-2.0.so.0";
    private const uint Video = 0x20;
    private const int Software = 1;
    private const uint KeyDown = 0x300;

    // An SDL_Event is a union of 56 bytes, and begins with its type.
    private const int EventSize = 56;

    // Guards _hasQuit: SDL must not quit while another thread pushes an event.
    private readonly Lock _pushing = new();
    private readonly nint _window;
    private readonly nint _renderer;
    private bool _hasQuit;

    /// <summary>Opens a window. Everything but the pushing belongs to the calling thread from now on.</summary>
    public Sdl2()
    {
        _ = SetHint("SDL_VIDEODRIVER", "dummy");
        Assert.Equal(0, Init(Video));
        _window = CreateWindow("Frames", 0, 0, 320, 200, 0);
        _renderer = CreateRenderer(_window, -1, Software);
        Assert.NotEqual(0, _renderer);
        Wakeup = RegisterEvents(1);
    }

    private uint Wakeup { get; }

    /// <summary>Ends the sleep between two frames, from any thread. Does nothing once SDL has quit.</summary>
    public void Wake() => Push(Wakeup);

    /// <summary>Presses a key, from any thread. Does nothing once SDL has quit.</summary>
    public void PressKey() => Push(KeyDown);

    /// <summary>Sleeps until there is an event, and takes all there are.</summary>
    /// <returns>How many keys were pressed.</returns>
    public static int WaitForEvents()
    {
        int keys = 0;
        byte* taken = stackalloc byte[EventSize];
        for (int found = WaitEvent(taken); found != 0; found = PollEvent(taken))
        {
            keys += *(uint*)taken == KeyDown ? 1 : 0;
        }

        return keys;
    }

    /// <summary>Draws a frame.</summary>
    public void Draw()
    {
        Assert.Equal(0, RenderClear(_renderer));
        RenderPresent(_renderer);
    }

    public void Dispose()
    {
        DestroyRenderer(_renderer);
        DestroyWindow(_window);
        lock (_pushing)
        {
            _hasQuit = true;
            Quit();
        }
    }

    private void Push(uint type)
    {
        byte* pushed = stackalloc byte[EventSize];
        *(uint*)pushed = type;
        lock (_pushing)
        {
            if (!_hasQuit)
            {
                _ = PushEvent(pushed);
            }
        }
    }

    [LibraryImport(Library, EntryPoint = "SDL_SetHint", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetHint(string name, string value);

    [LibraryImport(Library, EntryPoint = "SDL_Init")]
    private static partial int Init(uint systems);

    [LibraryImport(Library, EntryPoint = "SDL_Quit")]
    private static partial void Quit();

    [LibraryImport(Library, EntryPoint = "SDL_RegisterEvents")]
    private static partial uint RegisterEvents(int count);

    [LibraryImport(Library, EntryPoint = "SDL_PushEvent")]
    private static partial int PushEvent(byte* pushed);

    [LibraryImport(Library, EntryPoint = "SDL_WaitEvent")]
    private static partial int WaitEvent(byte* taken);

    [LibraryImport(Library, EntryPoint = "SDL_PollEvent")]
    private static partial int PollEvent(byte* taken);

    [LibraryImport(Library, EntryPoint = "SDL_CreateWindow", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint CreateWindow(string title, int x, int y, int width, int height, uint flags);

    [LibraryImport(Library, EntryPoint = "SDL_DestroyWindow")]
    private static partial void DestroyWindow(nint window);

    [LibraryImport(Library, EntryPoint = "SDL_CreateRenderer")]
    private static partial nint CreateRenderer(nint window, int driver, uint flags);

    [LibraryImport(Library, EntryPoint = "SDL_DestroyRenderer")]
    private static partial void DestroyRenderer(nint renderer);

    [LibraryImport(Library, EntryPoint = "SDL_RenderClear")]
    private static partial int RenderClear(nint renderer);

    [LibraryImport(Library, EntryPoint = "SDL_RenderPresent")]
    private static partial void RenderPresent(nint renderer);
}
