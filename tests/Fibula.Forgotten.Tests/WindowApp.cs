using System.Collections.Concurrent;
using Fibula.Diagnostics;

namespace Fibula.Forgotten.Tests;

/// <summary>An app with a UI thread of its own, a window, and a dialog whose task runs until the end.</summary>
internal sealed class WindowApp : IDisposable
{
    private readonly BlockingCollection<Action> _handlers = [];
    private readonly TaskCompletionSource _done = new();
    private readonly Thread _thread;

    public WindowApp(string name)
    {
        App = new UiApp(name);
        _thread = new Thread(Pump) { IsBackground = true, Name = name };
        _thread.Start();
        Flow = Handle(Open);
    }

    public UiApp App { get; }

    public WindowLoop Loop { get; private set; } = null!;

    public Window Window { get; private set; } = null!;

    /// <summary>The task of the dialog.</summary>
    public BackgroundTask Task { get; private set; } = null!;

    /// <summary>What flows with the task of the dialog.</summary>
    public ExecutionContext Flow { get; }

    /// <summary>The scopes of the live tasks, but for the dialog's own.</summary>
    public IEnumerable<string> Owners => Owning(App.Tasks.Snapshot());

    /// <summary>Runs code on the UI thread as a toolkit runs a handler: outside any turn, and with nothing that flows.</summary>
    public T Handle<T>(Func<T> handler)
    {
        var result = new TaskCompletionSource<T>();
        _handlers.Add(() =>
        {
            try
            {
                result.SetResult(handler());
            }
            catch (Exception error)
            {
                result.SetException(error);
            }
        });
        return result.Task.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        Handle(() =>
        {
            _done.SetResult();
            Loop.Turn();
            Loop.End();
            return true;
        });
        _handlers.CompleteAdding();
        _thread.Join();
    }

    private static IEnumerable<string> Owning(ScopeSnapshot scope) =>
        scope.Tasks.Where(task => task.Name != "dialog").Select(_ => scope.Name).Concat(scope.Children.SelectMany(Owning));

    private ExecutionContext Open()
    {
        Loop = new WindowLoop();
        Window = new Window($"{App.Tasks.Name} window", Loop);
        App.Attach(Loop);
        Loop.Start();
        Loop.Turn();
        ExecutionContext? flow = null;
        Task = App.Tasks.CreateChild($"{App.Tasks.Name} dialog").Run(
            () =>
            {
                flow = ExecutionContext.Capture();
                return _done.Task;
            },
            new TaskOptions { Name = "dialog" });
        return flow!;
    }

    private void Pump()
    {
        foreach (Action handler in _handlers.GetConsumingEnumerable())
        {
            handler();
        }
    }
}
