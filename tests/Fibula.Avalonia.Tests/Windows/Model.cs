using CommunityToolkit.Mvvm.Input;

namespace Fibula.Avalonia.Tests.Windows;

/// <summary>A view model as programs have them, beside a command of ours.</summary>
internal sealed partial class Model
{
    /// <summary>The end of the save.</summary>
    public TaskCompletionSource Saved { get; } = new();

    [RelayCommand]
    private Task SaveAsync() => Saved.Task;
}
