using Fibula;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Workbench;

/// <summary>What runs now, in all tabs.</summary>
internal sealed class TasksDialog : Window
{
    public TasksDialog(TaskScope tasks)
    {
        Title = "Tasks (c cancels the selected one, Esc closes)";
        Y = Pos.Center();
        Width = Dim.Fill();
        Height = Dim.Percent(60);
        Add(new TerminalTaskPanel(tasks) { Width = Dim.Fill(), Height = Dim.Fill() });
    }
}
