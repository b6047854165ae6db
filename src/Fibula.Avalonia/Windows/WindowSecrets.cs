using System.Reflection;
using System.Runtime.CompilerServices;
using Avalonia.Controls;
using Avalonia.Controls.ApplicationLifetimes;
using Avalonia.Platform;

namespace Fibula;

/// <summary>What a window knows and does not tell. A later version may have no such members.</summary>
internal static class WindowSecrets
{
    /// <summary>What raises <see cref="Window.Closing"/>, unless the window's class overrides it.</summary>
    public static readonly MethodInfo? RaisesClosing = typeof(Window).GetMethod("OnClosing", BindingFlags.Instance | BindingFlags.NonPublic);

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

    /// <summary>Whether the lifetime closes the windows because of a shutdown, which asks nobody.</summary>
    public static bool IsShuttingDown(ClassicDesktopStyleApplicationLifetime lifetime)
    {
        try
        {
            return ShuttingDown(lifetime);
        }
        catch (MissingFieldException)
        {
            return false;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_dialogResult")]
    private static extern ref object? DialogResult(Window window);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_isShuttingDown")]
    private static extern ref bool ShuttingDown(ClassicDesktopStyleApplicationLifetime lifetime);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = nameof(Closing))]
    private static extern ref EventHandler<WindowClosingEventArgs>? Closing(Window window);
}
