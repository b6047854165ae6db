using Fibula.Diagnostics;
using Fibula.Testing;

namespace Fibula.Forgotten.Tests;

/// <summary>An app on a test loop, that runs code as an event handler of a toolkit runs: on the UI thread, in no task.</summary>
internal sealed class Ui : IDisposable
{
    private readonly UiApp _app = new();

    public Ui()
    {
        _app.Tasks.Faulted += fault =>
        {
            fault.Handled = true;
            Faults.Add(fault);
        };
        _app.Attach(Loop);
        Loop.RunUntilIdle();
    }

    public TestLoop Loop { get; } = new();

    public TaskScope Root => _app.Tasks;

    public List<TaskFault> Faults { get; } = [];

    public IEnumerable<string> Live => Root.Snapshot().Tasks.Select(task => task.Name);

    public void Handle(Action handler)
    {
        Loop.Post(handler);
        Loop.RunUntilIdle();
    }

    public void Dispose() => Loop.End();
}
