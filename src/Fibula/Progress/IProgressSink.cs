namespace Fibula;

/// <summary>Whose progress it is: the task, as its progress sees it.</summary>
internal interface IProgressSink
{
    string Name { get; }

    /// <summary>The moment, in ticks of the task's clock. Outside every lock, since that may be the program's own.</summary>
    long Now { get; }

    bool IsOnUiThread { get; }

    /// <summary>Under the lock of the progress, so that no report is kept after the end.</summary>
    /// <returns>True if somebody is to hear of it: <see cref="Tell"/> follows, outside that lock.</returns>
    bool Record();

    /// <summary>Outside the lock: there is a report.</summary>
    /// <param name="isNews">What <see cref="Record"/> has returned.</param>
    void Tell(bool isNews);

    /// <summary>Runs a callback on the UI thread, in order with everything else there.</summary>
    void Dispatch(SendOrPostCallback callback, object state);

    /// <summary>On the UI thread: calls a handler of the program, unless the task's scope is closed. An exception of the handler is a fault.</summary>
    void Call<T>(Action<T> handler, T value);
}
