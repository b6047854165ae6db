using Fibula;
using Gtk;

namespace GtkSharpProgram;

/// <summary>A window that exports, and does not say CloseAfterTasks.</summary>
internal sealed class ExportWindow : Window, IGtkWidget
{
    private ExportWindow(TaskCompletionSource finish)
        : base("Export")
    {
        Add(new Label("Exporting"));
        this.Tasks.Run(
            async task =>
            {
                task.Report(1, 4);
                await finish.Task.WaitAsync(task.CancellationToken);
            },
            new TaskOptions { Name = "Export", OnClose = ClosePolicy.Ask });
    }

    /// <summary>Runs a program whose main window opens such windows, and makes their export end.</summary>
    public static int RunProgram()
    {
        Application.Init();
        UiApp app = new GLibLoop(quit: Application.Quit).UseFibula();
        using var main = new Window("Main");
        var finish = new TaskCompletionSource();
        var open = new Button("Open");
        var end = new Button("Finish");
        open.Clicked += (_, _) =>
        {
            finish = new TaskCompletionSource();
            new ExportWindow(finish).ShowAll();
        };
        end.Clicked += (_, _) => finish.SetResult();
        main.Add(new HBox { open, end });
        main.Move(400, 400);
        main.Destroyed += (_, _) => app.Exit();
        main.ShowAll();
        Application.Run();
        return app.CloseReport!.LostCount;
    }
}
