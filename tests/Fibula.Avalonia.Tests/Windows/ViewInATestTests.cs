using Avalonia.Controls;
using Fibula.Diagnostics;
using Fibula.Testing;

namespace Fibula.Avalonia.Tests.Windows;

/// <summary>A program's own tests of its controls: without an application.</summary>
public sealed class ViewInATestTests
{
    [Fact, Trait("Behaviour", "B130")]
    public void Tasks_OfAControl_AreThoseOfTheAppOfTheTest()
    {
        var loop = TestLoop.StartApp();
        var view = new UserControl();

        BackgroundTask task = view.Tasks.Run(static task => task.Delay(TimeSpan.FromHours(1)));
        IEnumerable<string> scopes = loop.App!.Tasks.Snapshot().Children.Select(static scope => scope.Name);
        loop.RunUntilEnded(task);

        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
        Assert.Equal(["UserControl"], scopes);
        loop.End();
    }
}
