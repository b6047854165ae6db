using System.Reflection;
using System.Runtime.CompilerServices;
using Avalonia.Controls;
using Avalonia.Controls.ApplicationLifetimes;
using Avalonia.Platform;

namespace Fibula;

/// <summary>What Avalonia knows and does not tell. A later version may have no such members.</summary>
internal static class AvaloniaSecrets
{
    /// <summary>What raises <see cref="Window.Closing"/>, unless the window's class overrides it.</summary>
    public static readonly MethodInfo? RaisesClosing = typeof(Window).GetMethod("OnClosing", BindingFlags.Instance | BindingFlags.NonPublic);

    private static readonly PropertyInfo? SystemClosing =
        typeof(IWindowImpl).GetProperty("Closing", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    /// <summary>The dialog result of the window; null for none.</summary>
    public static object? AnswerOf(Window window) => Read(window, static window => DialogResult(window));

    /// <summary>The handlers of <see cref="Window.Closing"/>, or null.</summary>
    public static Delegate? HandlersOf(Window window) => Read(window, static window => Closing(window));

    /// <summary>Whether the lifetime closes the windows because of a shutdown, which asks nobody.</summary>
    public static bool IsShuttingDown(ClassicDesktopStyleApplicationLifetime lifetime) => Read(lifetime, static lifetime => ShuttingDown(lifetime));

    /// <summary>Whether the system's session ends. A no to other requests to shut down does not keep the user from logging off.</summary>
    public static bool IsEndOfSession(ShutdownRequestedEventArgs request) => Read(request, static request => IsOSShutdown(request));

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

    private static TValue? Read<TOwner, TValue>(TOwner owner, Func<TOwner, TValue> read)
    {
        try
        {
            return read(owner);
        }
        catch (MissingMemberException)
        {
            return default;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_dialogResult")]
    private static extern ref object? DialogResult(Window window);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_isShuttingDown")]
    private static extern ref bool ShuttingDown(ClassicDesktopStyleApplicationLifetime lifetime);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = nameof(Closing))]
    private static extern ref EventHandler<WindowClosingEventArgs>? Closing(Window window);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_IsOSShutdown")]
    private static extern bool IsOSShutdown(ShutdownRequestedEventArgs request);
}
