using System.Reflection;
using System.Runtime.CompilerServices;
using Avalonia.Controls;

namespace Fibula;

/// <summary>What a window knows and does not tell. A later version may have no such members.</summary>
internal static class WindowSecrets
{
    private static readonly MethodInfo? OnClosing = typeof(Window).GetMethod(nameof(OnClosing), BindingFlags.Instance | BindingFlags.NonPublic);

    /// <summary>What the window was closed with, or null.</summary>
    public static object? AnswerOf(Window window)
    {
        try
        {
            return DialogResult(window);
        }
        catch (MissingFieldException)
        {
            return null;
        }
    }

    /// <summary>Whether the window's class decides whether <see cref="Window.Closing"/> is raised.</summary>
    public static bool OverridesClosing(Window window) => OnClosing?.CreateDelegate<Action<WindowClosingEventArgs>>(window).Method != OnClosing;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_dialogResult")]
    private static extern ref object? DialogResult(Window window);
}
