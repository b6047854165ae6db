namespace Fibula;

/// <summary>An <see cref="IProgress{T}"/> that hands the latest value to a handler on the UI thread, with at most one post outstanding.</summary>
internal sealed class ProgressChannel<T>(ProgressState progress, Action<T> handler) : IProgress<T>, IProgressChannel
{
    // Empty ──Report──► Waiting (posted) ──Raise──► Raising ──the handler returns──► Empty, at any time ──Close──► closed: Report does nothing,
    // but from a handler of the same task
    //
    // A report makes it wait again while it is raising; it raises more than once at a time where the handler runs a nested loop. _gate guards the fields
    // below; the handler runs outside it, and is let go of after the last value: the task's handle may be kept for long. Without a handler nothing waits.
    private readonly Lock _gate = new();
    private Action<T>? _handler = handler;
    private T? _latest;
    private bool _isWaiting;
    private int _raising;
    private bool _isClosed;

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

    public void Report(T value)
    {
        bool isInHandler = progress.IsInHandlerHere;
        lock (_gate)
        {
            if (_handler is null || (_isClosed && !isInHandler))
            {
                return;
            }

            _latest = value;
            if (_isWaiting)
            {
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
        T value;
        Action<T> handler;
        lock (_gate)
        {
            if (!_isWaiting)
            {
                return;
            }

            _isWaiting = false;
            _raising++;
            value = _latest!;
            _latest = default;
            handler = _handler!;
        }

        ProgressState? outer = progress.EnterHandler();
        progress.Sink.Call(handler, value);
        ProgressState.LeaveHandler(outer);

        lock (_gate)
        {
            _raising--;
        }
    }
}
