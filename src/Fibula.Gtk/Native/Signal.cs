using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Fibula;

/// <summary>A handler of a signal, for as long as the object lives that raises it.</summary>
internal sealed unsafe partial class Signal
{
    // After the handlers that were connected without it, now or later, and after the handler of the object's class.
    private const int After = 1;

    private readonly UiLoop _loop;
    private readonly Func<nint, bool> _handler;

    private Signal(UiLoop loop, Func<nint, bool> handler)
    {
        _loop = loop;
        _handler = handler;
    }

    /// <summary>Connects a handler of a signal without arguments. It returns true to stop the signal's emission, if possible.</summary>
    /// <returns>The number of the handler.</returns>
    public static nuint Connect(UiLoop loop, nint instance, string signal, Func<bool> handler, bool isLast = false) =>
        Connect(instance, signal, new Signal(loop, _ => handler()), (nint)(delegate* unmanaged[Cdecl]<nint, nint, int>)&OnRaised, isLast);

    /// <summary>Connects a handler of a signal with one argument, which the handler receives.</summary>
    /// <returns>The number of the handler.</returns>
    public static nuint Connect(UiLoop loop, nint instance, string signal, Func<nint, bool> handler, bool isLast = false) =>
        Connect(instance, signal, new Signal(loop, handler), (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, int>)&OnRaisedWithArgument, isLast);

    /// <summary>Disconnects a handler by its number. It is not called any more.</summary>
    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_signal_handler_disconnect")]
    public static partial void Disconnect(nint instance, nuint handler);

    private static nuint Connect(nint instance, string signal, Signal target, nint callback, bool isLast) =>
        ConnectData(instance, signal, callback, GCHandle.ToIntPtr(GCHandle.Alloc(target)), &OnFreed, isLast ? After : 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnRaised(nint instance, nint data) => Raise(data, 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnRaisedWithArgument(nint instance, nint argument, nint data) => Raise(data, argument);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnFreed(nint data, nint closure) => GCHandle.FromIntPtr(data).Free();

    // No exception may leave it, since the caller is C: it becomes a fault.
    private static int Raise(nint data, nint argument)
    {
        var target = (Signal)GCHandle.FromIntPtr(data).Target!;
        try
        {
            return target._handler(argument) ? 1 : 0;
        }
        catch (Exception error)
        {
            target._loop.Post(() => ExceptionDispatchInfo.Throw(error));
            return 0;
        }
    }

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_signal_connect_data", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nuint ConnectData(
        nint instance, string signal, nint callback, nint data, delegate* unmanaged[Cdecl]<nint, nint, void> free, int flags);
}
