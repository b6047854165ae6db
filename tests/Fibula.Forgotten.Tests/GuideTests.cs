namespace Fibula.Forgotten.Tests;

/// <summary>The window in the guide.</summary>
public sealed class GuideTests : IDisposable
{
    private readonly Ui _ui = new();

    public void Dispose() => _ui.Dispose();

    [Fact, Trait("Behaviour", "B45"), Trait("Behaviour", "B49")]
    public void Editor_WithEverythingForgotten_LosesNothing()
    {
        var editor = new Editor();

        _ui.Handle(() => editor.Save_Click(this, EventArgs.Empty));
        _ui.Handle(editor.Watch);

        Assert.Equal(["BackUpAsync", "Editor.Save_Click"], _ui.Faults.Select(fault => fault.Name).Order());
        Assert.Equal(["WatchAsync"], _ui.Live);
    }

    // docs: careless
    internal sealed class Editor
    {
        public async void Save_Click(object? sender, EventArgs e)      // owned: its error is a fault, which OnFault hears of
        {
            _ = BackUpAsync();                                         // owned: file and line of this call are in the fault
            await Task.Yield();
            throw new IOException("The disk is full.");
        }

        public void Watch() => WatchAsync();                           // owned: held until it ends, however long that takes

        private static async Task BackUpAsync()
        {
            await Task.Yield();
            throw new IOException("There is no network.");
        }

        private static async Task WatchAsync() => await new TaskCompletionSource().Task;
    }
    // docs: end
}
