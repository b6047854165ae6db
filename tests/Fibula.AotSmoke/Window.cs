/// <summary>A window that forgets its work.</summary>
internal sealed class Window
{
    private readonly TaskCompletionSource _never = new();

    public void Load() => _ = LoadAsync();

    public async void Close() => await _never.Task;

    private async Task LoadAsync() => await _never.Task;
}
