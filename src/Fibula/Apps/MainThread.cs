using System.Reflection;

namespace Fibula;

/// <summary>Tells whether the calling code is on the thread that runs the program's <c>Main</c>, whose process and signals are then the program's own.</summary>
internal static class MainThread
{
    // The runtime gives the first number to the thread that starts it, and never again. Where it was loaded by a native program there is no Main, and the
    // process is that program's.
    private const int FirstNumber = 1;

    public static bool IsCurrent => Environment.CurrentManagedThreadId == FirstNumber && Assembly.GetEntryAssembly() is not null;
}
