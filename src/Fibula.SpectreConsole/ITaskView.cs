using Fibula.Diagnostics;

namespace Fibula;

/// <summary>One way to show the tasks. <see cref="Show(IReadOnlyList{TaskSnapshot})"/> is called on the UI thread.</summary>
internal interface ITaskView : IDisposable
{
    void Show(IReadOnlyList<TaskSnapshot> tasks);

    void Show(TaskFault fault);
}
