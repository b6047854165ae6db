namespace Fibula;

/// <summary>An <see cref="IProgress{T}"/> that hands all values to a handler on the UI thread, as many at a time as have come, with at most one post outstanding.</summary>
internal sealed class BatchChannel<T>(ProgressState progress, Action<IReadOnlyList<T>> handler) : IProgress<T>, IProgressChannel
{
    // Empty ──Report──► Waiting (posted) ──Raise──► Raising ──the handler returns──► Empty, at any time ──Close──► closed: Report does nothing,
    // but from a handler of the same task
    //
    // A report makes it wait again while it is raising. _gate guards the fields below; the handler runs outside it.
    private readonly Lock _gate = new();
    private Action<IReadOnlyList<T>>? _handler = handler;
    private List<T>? _waiting;
    private int _raising;
    private bool _isClosed;

    /// <inheritdoc/>
    public bool IsPending
    {
        get
        {
            lock (_gate)
            {
                return _waiting is not null || _raising > 0;
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

            if (_waiting is not null)
            {
                _waiting.Add(value);
                return;
            }

            _waiting = [value];
        }

        progress.Sink.Dispatch(static channel => ((BatchChannel<T>)channel!).Raise(), this);
    }

    /// <inheritdoc/>
    public void Close(bool letsGo)
    {
        lock (_gate)
        {
            _isClosed = true;
            if (letsGo)
            {
                (_handler, _waiting) = (null, null);
            }
        }
    }

    /// <inheritdoc/>
    public void Raise()
    {
        List<T> batch;
        Action<IReadOnlyList<T>> handler;
        lock (_gate)
        {
            if (_waiting is null)
            {
                return;
            }

            (batch, handler) = (_waiting, _handler!);
            _waiting = null;
            _raising++;
        }

        ProgressState? outer = progress.EnterHandler();
        progress.Sink.Call(handler, batch);
        ProgressState.LeaveHandler(outer);

        lock (_gate)
        {
            _raising--;
        }
    }
}
