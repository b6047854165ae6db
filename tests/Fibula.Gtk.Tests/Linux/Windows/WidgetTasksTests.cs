using Fibula.Diagnostics;

namespace Fibula.Gtk.Tests.Linux.Windows;

[Collection("GTK")]
public sealed class WidgetTasksTests
{
    [Fact]
    public async Task TasksOf_AWidgetInAWindow_IsAChildOfTheWindowsScope()
    {
        await using GtkProgram program = await GtkProgram.StartAsync();
        await GtkProgram.OnUiAsync(() =>
        {
            nint label = Gtk4.LabelNew("Price");
            Gtk4.SetChild(program.Window, label);
            GtkHandles.TasksOf(label).Run(GtkProgram.ForeverAsync);
        });

        ScopeSnapshot app = program.App.Tasks.Snapshot();

        ScopeSnapshot window = Assert.Single(app.Children);
        Assert.Equal("Prices", window.Name);
        Assert.Equal("GtkLabel", Assert.Single(window.Children).Name);
    }

    [Theory]
    [InlineData("shown")]
    [InlineData("shown, and held by a binding")]
    [InlineData("never shown")]
    [Trait("Behaviour", "B39")]
    public async Task TasksOf_AWindowThatIsDestroyed_AreToldWithItsName(string window)
    {
        await using GtkProgram program = await GtkProgram.StartAsync();
        BackgroundTask task = await GtkProgram.OnUiAsync(() =>
        {
            nint handle = Gtk4.ApplicationWindowNew(program.Application);
            _ = window.Contains("held", StringComparison.Ordinal) ? Gtk4.RefSink(handle) : 0;
            Gtk4.SetName(handle, "Import");
            if (window != "never shown")
            {
                Gtk4.Present(handle);
            }

            BackgroundTask task = GtkHandles.TasksOf(handle).Run(GtkProgram.ForeverAsync);
            Gtk4.Destroy(handle);
            return task;
        });

        await GtkProgram.UntilAsync(() => task.IsCompleted);

        Assert.Equal("'Import' was closed.", task.CancelReason?.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Behaviour", "B96")]
    public async Task Close_OfAParent_WaitsForTheWindowsThatAreDestroyedWithIt(bool isDestroyedWithParent)
    {
        var moment = new TaskCompletionSource();
        var closed = new List<string>();
        await using GtkProgram program = await GtkProgram.StartAsync();
        (nint parent, BackgroundTask task) = await GtkProgram.OnUiAsync(() =>
        {
            nint parent = Open("parent");
            nint child = Open("child");
            Gtk4.SetTransientFor(child, parent);
            Gtk4.SetDestroyWithParent(child, isDestroyedWithParent ? 1 : 0);
            GtkHandles.TasksOf(parent);
            return (parent, GtkHandles.TasksOf(child).Run(token => CleanUpAsync(moment.Task, token)));
        });

        await GtkProgram.OnUiAsync(() => Gtk4.Close(parent));
        await GtkProgram.UntilAsync(() => isDestroyedWithParent ? task.State == BackgroundTaskState.Canceling : closed.Count > 0);
        string[] closedMeanwhile = [.. closed];
        BackgroundTaskState stateMeanwhile = task.State;
        moment.SetResult();
        await GtkProgram.UntilAsync(() => closed.Count == (isDestroyedWithParent ? 2 : 1));

        Assert.Equal(isDestroyedWithParent ? [] : ["parent"], closedMeanwhile);
        Assert.Equal(isDestroyedWithParent ? BackgroundTaskState.Canceling : BackgroundTaskState.Running, stateMeanwhile);

        nint Open(string name)
        {
            nint window = Gtk4.ApplicationWindowNew(program.Application);
            Gtk4.Connect(window, "unrealize", () =>
            {
                closed.Add(name);
                return false;
            });
            Gtk4.Present(window);
            return window;
        }
    }

    [Theory]
    [InlineData(true, "before")]
    [InlineData(true, "after")]
    [InlineData(false, "before")]
    [InlineData(false, "after")]
    [Trait("Behaviour", "B80")]
    public async Task CloseRequest_OfTheProgramsOwnHandler_DecidesFirst(bool staysOpen, string connected)
    {
        int asked = 0;
        bool isClosed = false, isStill = staysOpen;
        await using GtkProgram program = await GtkProgram.StartAsync();
        (nint window, BackgroundTask task) = await GtkProgram.OnUiAsync(() =>
        {
            nint window = Gtk4.ApplicationWindowNew(program.Application);
            Gtk4.SetTitle(window, "Import");
            BackgroundTask? task = connected == "after" ? GtkHandles.TasksOf(window).Run(GtkProgram.ForeverAsync) : null;
            Gtk4.Connect(window, "close-request", () =>
            {
                asked++;
                return isStill;
            });
            Gtk4.Connect(window, "unrealize", () => isClosed = true);
            Gtk4.Present(window);
            return (window, task ?? GtkHandles.TasksOf(window).Run(GtkProgram.ForeverAsync));
        });

        await GtkProgram.OnUiAsync(() => Gtk4.Close(window));
        bool isTold = await GtkProgram.OnUiAsync(() => task.State != BackgroundTaskState.Running) || isClosed;
        await GtkProgram.UntilAsync(() => staysOpen || isClosed);
        bool isOpen = !isClosed;
        isStill = false;
        if (staysOpen)
        {
            await GtkProgram.OnUiAsync(() => Gtk4.Close(window));
            await GtkProgram.UntilAsync(() => isClosed);
        }

        Assert.Equal(staysOpen ? 2 : 1, asked);
        Assert.Equal(staysOpen, isOpen);
        Assert.False(staysOpen && isTold);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact]
    public async Task CloseAfterTasks_OfNoWindow_SaysWhatToDo()
    {
        await using GtkProgram program = await GtkProgram.StartAsync();

        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => GtkProgram.OnUiAsync(() => GtkHandles.CloseAfterTasks(Gtk4.LabelNew("Price"), waits: true)));

        Assert.Equal("'GtkLabel' is no window. Give the GtkWindow that is to wait for its tasks. (Parameter 'window')", error.Message);
    }

    [Fact]
    [Trait("Behaviour", "B58")]
    public async Task TasksOf_AWidgetOnAnotherThread_SaysWhatToDo()
    {
        await using GtkProgram program = await GtkProgram.StartAsync();
        nint label = await GtkProgram.OnUiAsync(() => Gtk4.RefSink(Gtk4.LabelNew("Price")));

        var error = Assert.Throws<InvalidOperationException>(() => GtkHandles.TasksOf(label));

        Assert.StartsWith("Tasks of 'GtkLabel' were asked for on a thread that is not the UI thread of '", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tasks_OfAWidgetThatTheBindingHasDisposed_SaysSo()
    {
        var error = Assert.Throws<ObjectDisposedException>(() => new GoneWidget().Tasks);

        Assert.Contains(nameof(GoneWidget), error.ObjectName);
    }

    private static async Task CleanUpAsync(Task moment, CancellationToken cancellationToken)
    {
        try
        {
            await GtkProgram.ForeverAsync(cancellationToken);
        }
        finally
        {
            await moment;
        }
    }

    private sealed class GoneWidget : IGtkWidget
    {
        public nint Handle => 0;
    }
}
