using System.Runtime.CompilerServices;

namespace Fibula.Gtk.Tests.Linux.Panels;

[Collection("GTK")]
public sealed class GtkTaskPanelTests
{
    private const int Subject = 0, State = 1, Progress = 2, Time = 3, Cancel = 4;

    [Fact]
    public async Task Panel_WithARunningTask_ShowsWhatItDoesHowFarAndSinceWhen()
    {
        await using GtkProgram program = await GtkProgram.StartAsync();
        GtkTaskPanel panel = await ShowPanelAsync(program);

        await GtkProgram.OnUiAsync(() => Start(program, "Hash", task => task.Report(3, 4, "b.iso")));

        await GtkProgram.UntilAsync(() => Text(panel, Subject, 1) == "1 task is running.");
        await GtkProgram.UntilAsync(() => Text(panel, Progress, 0) == "75 %");
        Assert.Equal("Hash (Fibula.Gtk.Tests): b.iso", await GtkProgram.OnUiAsync(() => Text(panel, Subject, 0)));
        Assert.Equal("Running", await GtkProgram.OnUiAsync(() => Text(panel, State, 0)));
        Assert.Equal("0:00", await GtkProgram.OnUiAsync(() => Text(panel, Time, 0)));
    }

    [Fact]
    [Trait("Behaviour", "B79")]
    public async Task Panel_TaskStoppedByATokenOfItsOwn_SaysSo()
    {
        await using GtkProgram program = await GtkProgram.StartAsync();
        GtkTaskPanel panel = await ShowPanelAsync(program);
        using var own = new CancellationTokenSource();
        await GtkProgram.OnUiAsync(() => program.App.Tasks.Run(() => GtkProgram.ForeverAsync(own.Token), new TaskOptions { Name = "Search" }));

        await own.CancelAsync();

        await GtkProgram.UntilAsync(() => Text(panel, Subject, 0) == "Search: stopped by a token of its own (Fibula.Gtk.Tests)");
        Assert.Equal(("Canceled", "No task is running."), await GtkProgram.OnUiAsync(() => (Text(panel, State, 0), Text(panel, Subject, 1))));
    }

    [Fact]
    public async Task Cancel_OfOneRow_CancelsItsTaskAndNoOther()
    {
        await using GtkProgram program = await GtkProgram.StartAsync();
        GtkTaskPanel panel = await ShowPanelAsync(program);
        BackgroundTask first = await GtkProgram.OnUiAsync(() => Start(program, "First"));
        BackgroundTask second = await GtkProgram.OnUiAsync(() => Start(program, "Second"));
        await GtkProgram.UntilAsync(() => Text(panel, Subject, 2) == "2 tasks are running.");

        await GtkProgram.OnUiAsync(() => Gtk4.Emit(Gtk4.ChildAt(panel.Handle, Cancel, 1), "clicked"));
        await GtkProgram.UntilAsync(() => Text(panel, Subject, 1) == "1 task is running.");

        Assert.Equal("'Second' was canceled in the task list.", second.CancelReason?.Message);
        Assert.Equal(BackgroundTaskState.Running, first.State);
        Assert.StartsWith("First", await GtkProgram.OnUiAsync(() => Text(panel, Subject, 0)));
    }

    [Fact]
    public async Task Panel_OfAWindowThatIsGone_FollowsNoMore()
    {
        await using GtkProgram program = await GtkProgram.StartAsync();
        nint second = await GtkProgram.OnUiAsync(() => Gtk4.ApplicationWindowNew(program.Application));
        WeakReference panel = await GtkProgram.OnUiAsync(() => ShowPanel(program, second));
        await GtkProgram.OnUiAsync(() => Start(program, "Import"));

        await GtkProgram.OnUiAsync(() => Gtk4.Destroy(second));
        for (int collection = 0; collection < 100 && panel.IsAlive; collection++)
        {
            await GtkProgram.OnUiAsync(GC.Collect);
        }

        Assert.False(panel.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference ShowPanel(GtkProgram program, nint window)
    {
        var panel = new GtkTaskPanel(program.App.Tasks);
        Gtk4.SetChild(window, panel.Handle);
        Gtk4.Present(window);
        return new WeakReference(panel);
    }

    private static BackgroundTask Start(GtkProgram program, string name, Action<TaskContext>? begin = null) => program.App.Tasks.Run(
        task =>
        {
            begin?.Invoke(task);
            return GtkProgram.ForeverAsync(task.CancellationToken);
        },
        new TaskOptions { Name = name });

    private static Task<GtkTaskPanel> ShowPanelAsync(GtkProgram program) => GtkProgram.OnUiAsync(() =>
    {
        var panel = new GtkTaskPanel(program.App.Tasks);
        Gtk4.SetChild(program.Window, panel.Handle);
        return panel;
    });

    private static string? Text(GtkTaskPanel panel, int column, int row) =>
        Gtk4.ChildAt(panel.Handle, column, row) is not 0 and var widget ? Gtk4.TextOf(widget, isProgress: column == Progress) : null;
}
