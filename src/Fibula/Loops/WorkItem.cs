using System.Runtime.ExceptionServices;

namespace Fibula;

/// <summary>One entry of a loop's queue: a callback with its state, and what becomes of it when the loop ends first.</summary>
internal readonly struct WorkItem(WorkItemKind kind, SendOrPostCallback callback, object? state)
{
    public WorkItemKind Kind { get; } = kind;

    public SendOrPostCallback Callback { get; } = callback;

    public object? State { get; } = state;

    /// <summary>Whether the item throws what has left an <c>async void</c> method: the framework posts that to the context the method began under.</summary>
    public bool IsAsyncVoid => State is ExceptionDispatchInfo;

    /// <summary>The name of the method that was queued, for people.</summary>
    public string Name => IsAsyncVoid ? "async void" : CallSite.MethodName(State as Delegate ?? Callback);

    public static WorkItem Post(Action callback) =>
        new(WorkItemKind.Post, static state => ((Action)state!)(), callback);

    public void Invoke() => Callback(State);
}
