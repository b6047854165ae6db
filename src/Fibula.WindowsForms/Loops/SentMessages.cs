using System.Runtime.InteropServices;

namespace Fibula;

/// <summary>Hears of each message that is sent to a window of the calling thread, before the window does.</summary>
internal sealed partial class SentMessages : IDisposable
{
    private const int SentToAWindow = 4;

    private readonly Action _sent;

    // Windows knows the callback by its address alone: it must live as long as the hook, whatever becomes of the loop.
    private GCHandle _callback;
    private nint _hook;

    public SentMessages(Action sent)
    {
        _sent = sent;
        Callback callback = OnSent;
        _callback = GCHandle.Alloc(callback);
        _hook = SetHook(SentToAWindow, Marshal.GetFunctionPointerForDelegate(callback), 0, CurrentThread());
    }

    private delegate nint Callback(int code, nint wParam, nint lParam);

    public void Dispose()
    {
        if (_hook != 0)
        {
            _ = RemoveHook(_hook);
            _hook = 0;
            _callback.Free();
        }
    }

    private nint OnSent(int code, nint wParam, nint lParam)
    {
        if (code >= 0)
        {
            _sent();
        }

        return CallNext(0, code, wParam, lParam);
    }

    [LibraryImport("user32", EntryPoint = "SetWindowsHookExW")]
    private static partial nint SetHook(int kind, nint callback, nint module, uint thread);

    [LibraryImport("user32", EntryPoint = "UnhookWindowsHookEx")]
    private static partial int RemoveHook(nint hook);

    [LibraryImport("user32", EntryPoint = "CallNextHookEx")]
    private static partial nint CallNext(nint hook, int code, nint wParam, nint lParam);

    [LibraryImport("kernel32", EntryPoint = "GetCurrentThreadId")]
    private static partial uint CurrentThread();
}
