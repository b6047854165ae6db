using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>An <see cref="IProgress{T}"/> that hands the latest value to a handler on the UI thread, with at most one post outstanding.</summary>
internal sealed class ProgressChannel<T>(ProgressState progress, Action<T> handler) : IProgress<T>, IProgressChannel
{
    // Empty ──Report──► Waiting (posted) ──Raise──► Raising ──the handler returns──► Empty, at any time ──Close──► closed: Report does nothing,
    // but from a handler of the same task
    //
    // A report makes it wait again while it is raising; it raises more than once at a time where the handler runs a nested loop. _gate guards the fields
    // below; the handler runs outside it, and is let go of after the last value: the task's handle may be kept for long. Without a handler nothing waits.
    //
    // In a burst, of which all but the last value are dropped, a report takes no lock: it stores its value, and looks whether the burst still lasts. A burst
    // lasts as long as the value waits. Raise ends it, and then lets a barrier pass through all threads: a report before that has stored what Raise reads
    // next, and one behind it sees that the burst is over, and reports again with the lock. A value may be delivered twice this way, but is never lost.
    private const int ReportsOfABurst = 8;

    private readonly Lock _gate = new();
    private Action<T>? _handler = handler;
    private T? _latest;
    private bool _isWaiting;
    private int _raising;
    private bool _isClosed;

    // How many values the one that waits has replaced.
    private int _replaced;
    private volatile bool _isBurst;

    public bool IsPending
    {
        get
        {
            lock (_gate)
            {
                return _isWaiting || _raising > 0;
            }
        }
    }

    // Written in one piece, so that no lock is needed to read it whole.
    private static bool IsAtomic =>
        !typeof(T).IsValueType || ((typeof(T).IsPrimitive || typeof(T).IsEnum) && Unsafe.SizeOf<T>() <= Unsafe.SizeOf<nint>());

    public void Report(T value)
    {
        if (IsAtomic && _isBurst)
        {
            _latest = value;
            if (_isBurst)
            {
                return;
            }
        }

        bool isInHandler = progress.IsInHandlerHere;
        lock (_gate)
        {
            if (_handler is null || (_isClosed && !isInHandler))
            {
                _latest = _isWaiting ? _latest : default;
                return;
            }

            _latest = value;
            if (_isWaiting)
            {
                _replaced++;
                _isBurst |= IsAtomic && _replaced == ReportsOfABurst && !_isClosed;
                return;
            }

            _isWaiting = true;
        }

        progress.Sink.Dispatch(static channel => ((ProgressChannel<T>)channel!).Raise(), this);
    }

    public void Close(bool letsGo)
    {
        lock (_gate)
        {
            _isClosed = true;
            _isBurst = false;
            if (letsGo)
            {
                _handler = null;
                _latest = default;
                _isWaiting = false;
            }
        }
    }

    public void Raise()
    {
        if (!Take(out T? value, out Action<T>? handler))
        {
            return;
        }

        ProgressState? outer = progress.EnterHandler();
        progress.Sink.Call(handler, value);
        ProgressState.LeaveHandler(outer);

        lock (_gate)
        {
            _raising--;
        }
    }

    // False where none waits.
    private bool Take([MaybeNullWhen(false)] out T value, [NotNullWhen(true)] out Action<T>? handler)
    {
        value = default;
        handler = null;
        while (true)
        {
            lock (_gate)
            {
                if (!_isWaiting)
                {
                    return false;
                }

                if (!_isBurst)
                {
                    (value, handler) = (_latest!, _handler!);
                    _latest = default;
                    _isWaiting = false;
                    _replaced = 0;
                    _raising++;
                    return true;
                }

                // The value still waits: reports with the lock replace it, and begin no other burst.
                _isBurst = false;
            }

            Interlocked.MemoryBarrierProcessWide();
        }
    }
}
