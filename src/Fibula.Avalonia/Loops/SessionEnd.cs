using System.Runtime.CompilerServices;
using Avalonia.Controls.ApplicationLifetimes;

namespace Fibula;

/// <summary>Tells an end of the system's session from other requests to shut down, where a no would keep the user from logging off.</summary>
internal static class SessionEnd
{
    public static bool Is(ShutdownRequestedEventArgs request)
    {
        try
        {
            return IsOSShutdown(request);
        }
        catch (MissingMethodException)
        {
            return false;
        }
    }

    // Avalonia knows, but tells nobody: a later version may have no such member.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_IsOSShutdown")]
    private static extern bool IsOSShutdown(ShutdownRequestedEventArgs request);
}
