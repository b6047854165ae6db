using Fibula.Diagnostics;
using Fibula.Testing;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Fibula.TerminalGui.Tests.Windows;

/// <summary>A program's own tests of its windows: without an application and a terminal.</summary>
public sealed class ViewInATestTests
{
    // docs: test
    [Fact]
    public void Refresh_ShowsThePrice()
    {
        var loop = TestLoop.StartApp();        // the one line
        var window = new PriceWindow();             // uses this.Tasks

        window.Refresh();
        loop.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("42", window.Price.Text);
        loop.End();
    }
    // docs: end

    [Fact, Trait("Behaviour", "B130")]
    public void Tasks_OfAView_AreThoseOfTheAppOfTheTest()
    {
        var loop = TestLoop.StartApp();
        var window = new PriceWindow();
        var view = new View();

        window.Refresh();
        view.Tasks.Run(static task => task.Delay(TimeSpan.FromSeconds(1)));

        Assert.Equal(["PriceWindow", "View"], loop.App!.Tasks.Snapshot().Children.Select(static scope => scope.Name));
        Assert.Same(window.Tasks, window.Tasks);
        loop.End();
    }

    [Fact, Trait("Behaviour", "B130")]
    public void Tasks_OfAViewWhoseScopeWasClosed_AreANewScope()
    {
        var loop = TestLoop.StartApp();
        var window = new PriceWindow();
        TaskScope before = window.Tasks;

        loop.RunUntilEnded(before.CloseAsync());

        Assert.NotSame(before, window.Tasks);
        Assert.False(window.Tasks.IsClosed);
        loop.End();
    }

    [Fact, Trait("Behaviour", "B130")]
    public void Tasks_AfterTheLoopOfTheTestHasEnded_SayThatThereIsNoApp()
    {
        Exception? error = null;

        // Loops of other tests may live on this thread.
        var thread = new Thread(() =>
        {
            TestLoop.StartApp().End();
            error = Record.Exception(() => new PriceWindow());
        });
        thread.Start();
        thread.Join();

        Assert.Contains("PriceWindow", Assert.IsType<InvalidOperationException>(error).Message, StringComparison.Ordinal);
    }

    private sealed class PriceWindow : Window
    {
        public PriceWindow()
        {
            this.CloseAfterTasks(mayClose: null);
            Add(Price);
        }

        public Label Price { get; } = new();

        public void Refresh() => this.Tasks.Run(async task =>
        {
            await task.Delay(TimeSpan.FromSeconds(1));
            Price.Text = "42";
        });
    }
}
