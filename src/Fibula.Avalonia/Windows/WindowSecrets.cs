using System.Reflection;
using System.Runtime.CompilerServices;
using Avalonia.Controls;
using Avalonia.Platform;

namespace Fibula;

/// <summary>What a window knows and does not tell. A later version may have no such members.</summary>
internal static class WindowSecrets
{
    private static readonly MethodInfo? OnClosing = typeof(Window).GetMethod(nameof(OnClosing), BindingFlags.Instance | BindingFlags.NonPublic);

    private static readonly PropertyInfo? SystemClosing =
        typeof(IWindowImpl).GetProperty("Closing", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

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

    /// <summary>The handlers of <see cref="Window.Closing"/>, or null.</summary>
    public static Delegate? HandlersOf(Window window)
    {
        try
        {
            return Closing(window);
        }
        catch (MissingFieldException)
        {
            return null;
        }
    }

    /// <summary>Calls back when the system asks whether it may close the window, before anybody else is asked.</summary>
    public static void BeforeTheSystemCloses(Window window, Action callback)
    {
        if (window.PlatformImpl is { } system && SystemClosing?.GetValue(system) is Func<WindowCloseReason, bool> ask)
        {
            SystemClosing.SetValue(system, (Func<WindowCloseReason, bool>)AskAfter);

            bool AskAfter(WindowCloseReason reason)
            {
                callback();
                return ask(reason);
            }
        }
    }

    /// <summary>Whether the window's class decides whether <see cref="Window.Closing"/> is raised.</summary>
    public static bool OverridesClosing(Window window) => OnClosing?.CreateDelegate<Action<WindowClosingEventArgs>>(window).Method != OnClosing;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_dialogResult")]
    private static extern ref object? DialogResult(Window window);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = nameof(Closing))]
    private static extern ref EventHandler<WindowClosingEventArgs>? Closing(Window window);
}
