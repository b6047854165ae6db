using Avalonia.Controls;
using Avalonia.Input;
using Fibula.Avalonia.Tests.Stage;
using Fibula.Tests.Conformance;

namespace Fibula.Avalonia.Tests.Windows;

/// <summary>Handlers of <c>Closing</c> that the program adds after the first use of the window's tasks: what other toolkits do not have.</summary>
[Collection("Avalonia")]
public sealed class LateHandlerTests
{
    [Theory]
    [InlineData("as it opens")]
    [InlineData("in the same callback")]
    [Trait("Behaviour", "B80")]
    public async Task No_ToTheCloseOfTheOwner_KeepsTheWindowAndCancelsNothing(string when)
    {
        bool saysNo = true;
        int asked = 0;
        await using StagedProgram program = await StagedProgram.StartAsync();
        (Window window, BackgroundTask task) = await program.OnUiAsync(() =>
        {
            var owner = new Window { Title = "Owner" };
            owner.Show();
            var window = new Window { Title = "Import" };
            BackgroundTask task = window.Tasks.Run(StagedProgram.ForeverAsync);
            window.CloseAfterTasks(() => Task.FromResult(true));
            AddHandler(window, "as it opens");
            window.Show(owner);
            return (window, task);
        });

        await program.OnUiAsync(() =>
        {
            AddHandler(window, "in the same callback");
            ((Window)window.Owner!).Close();
        });
        await program.UntilAsync(() => asked > 0);
        await program.App.TurnsAsync();
        (bool IsOpen, BackgroundTaskState State) after = await program.OnUiAsync(() => (window.IsVisible, task.State));
        BackgroundTask next = await program.OnUiAsync(() => window.Tasks.Run(StagedProgram.ForeverAsync));
        bool takesTasks = await program.OnUiAsync(() => next.State == BackgroundTaskState.Running);
        saysNo = false;
        await program.OnUiAsync(() => ((Window)window.Owner!).Close());
        await program.UntilAsync(() => window.PlatformImpl is null);

        Assert.Equal((true, BackgroundTaskState.Running), after);
        Assert.True(takesTasks);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);

        void AddHandler(Window window, string now)
        {
            if (now == when)
            {
                window.Closing += (_, e) =>
                {
                    asked++;
                    e.Cancel = saysNo;
                };
            }
        }
    }

    [Fact]
    [Trait("Behaviour", "B80")]
    public async Task Handler_AddedBeforeAClick_IsAskedOncePerClose()
    {
        var asked = new List<bool>();
        await using StagedProgram program = await StagedProgram.StartAsync();
        (Window window, BackgroundTask task) = await program.OnUiAsync(() =>
        {
            var window = new Window { Title = "Import" };
            window.Show();
            return (window, window.Tasks.Run(StagedProgram.ForeverAsync));
        });
        await program.OnUiAsync(() =>
        {
            window.KeyDown += (_, _) => window.Close();
            window.Closing += (_, e) =>
            {
                asked.Add(e.Cancel);
                e.Cancel = true;
            };
        });

        await program.OnUiAsync(() => StagePlatform.Press(window, Key.F8));
        await program.App.TurnsAsync();

        Assert.Equal([false], asked);
        Assert.Equal(BackgroundTaskState.Running, task.State);
    }
}
