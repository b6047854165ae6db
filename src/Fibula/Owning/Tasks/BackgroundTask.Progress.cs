namespace Fibula;

/// <content>The task as its progress sees it.</content>
public partial class BackgroundTask : IProgressSink
{
    long IProgressSink.Now => Tree.Now();

    bool IProgressSink.IsOnUiThread => Tree.Loop?.CheckAccess() == true;

    bool IProgressSink.Record() => _events?.RecordProgress() ?? false;

    void IProgressSink.Tell(bool isNews)
    {
        if (isNews)
        {
            _events!.Post();
        }

        Tree.NotifyChanged();
    }

    void IProgressSink.Dispatch(SendOrPostCallback callback, object state) => Tree.DispatchInOrder(callback, state);

    void IProgressSink.Call<T>(Action<T> handler, T value)
    {
        if (Tree.Loop is { HasEnded: false } loop && !IsLeftBehind && !Scope.IsClosed)
        {
            Subscriber.Invoke(
                loop, static call => call.handler(call.value), (handler, value, task: this), static call => $"the progress of '{call.task.Name}'");
        }
    }
}
