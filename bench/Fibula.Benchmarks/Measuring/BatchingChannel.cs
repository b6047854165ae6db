using System.Threading.Channels;

namespace Fibula.Benchmarks;

/// <summary>As programs write it by hand: a channel that the UI thread empties, with at most one post outstanding.</summary>
internal sealed class BatchingChannel<T>(SynchronizationContext context, Action<IReadOnlyList<T>> handler) : IProgress<T>
{
    private readonly Channel<T> _items = Channel.CreateUnbounded<T>(new UnboundedChannelOptions { SingleReader = true });
    private int _isPosted;

    public void Report(T value)
    {
        _items.Writer.TryWrite(value);
        if (Interlocked.Exchange(ref _isPosted, 1) == 0)
        {
            context.Post(_ => Flush(), null);
        }
    }

    /// <summary>On the UI thread: delivers what has come.</summary>
    public void Flush()
    {
        Volatile.Write(ref _isPosted, 0);
        var batch = new List<T>();
        while (_items.Reader.TryRead(out var item))
        {
            batch.Add(item);
        }

        if (batch.Count > 0)
        {
            handler(batch);
        }
    }
}
