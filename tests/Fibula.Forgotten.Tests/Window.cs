namespace Fibula.Forgotten.Tests;

/// <summary>A window with forgotten work of every kind in it.</summary>
/// <param name="name">Its name, and that of its scope.</param>
/// <param name="loop">The loop it belongs to, where that can be told from any thread; else null.</param>
internal sealed class Window(string name, UiLoop? loop = null)
{
    private readonly TaskCompletionSource _never = new();

    public string Name => name;

    public UiLoop? Loop => loop;

    public void DropCall() => _ = WaitAsync();

    public void DropStaticCall() => _ = WaitForAsync(_never.Task);

    public async void RunVoid() => await _never.Task;

    public Action LambdaOverThis() => async () => await _never.Task;

    public Action LambdaOverMore(Task more) => async () => await Task.WhenAny(_never.Task, more);

    public static async Task WaitForAsync(Task task) => await task;

    private async Task WaitAsync() => await _never.Task;
}
