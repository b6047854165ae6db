using System.Runtime.CompilerServices;

namespace Fibula.TerminalGui.Tests;

/// <summary>Replaces standard error by a writer of our own, before any test.</summary>
/// <remarks>
/// Each Terminal.Gui application sets <see cref="Console.OutputEncoding"/>, which holds the lock of the console while it flushes the console's own writers. Whoever writes to standard error
/// at that moment holds the writer, and may wait for that lock: a deadlock. A writer that was set is not flushed there. One program has one application; these tests run many at once.
/// </remarks>
internal static class StandardErrorAtStart
{
    [ModuleInitializer]
    public static void Replace()
    {
        var error = new StreamWriter(Console.OpenStandardError()) { AutoFlush = true };
        Console.SetError(TextWriter.Synchronized(error));
    }
}
