using System.Runtime.CompilerServices;

namespace Fibula.Gtk.Tests.Linux.Panels;

[Collection("GTK")]
public sealed class GtkTaskPanelTests
{
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

    private static BackgroundTask Start(GtkProgram program, string name) =>
        program.App.Tasks.Run(static task => GtkProgram.ForeverAsync(task.CancellationToken), new TaskOptions { Name = name });
}
