using System.Collections.Concurrent;

namespace Fibula.Tests.Examples;

/// <summary>A toolkit that does nothing but run callbacks on one thread.</summary>
internal sealed class MessageQueue
{
    private readonly BlockingCollection<Action> _callbacks = [];
    private volatile Thread? _thread;

    public bool IsOnItsThread => _thread == Thread.CurrentThread;

    public void Invoke(Action callback) => _callbacks.Add(callback);

    public void Run()
    {
        _thread = Thread.CurrentThread;
        foreach (Action callback in _callbacks.GetConsumingEnumerable())
        {
            callback();
        }
    }

    public void Quit() => _callbacks.CompleteAdding();
}
