using System.Collections;

namespace Fibula.StressTests.Fuzz;

/// <summary>What a callback of the fuzz throws.</summary>
public class FuzzException(string message) : Exception(message)
{
    /// <summary>Whose members throw too, as badly written exceptions do.</summary>
    public sealed class Unreadable() : FuzzException("unreadable")
    {
        public override string Message => throw new InvalidTimeZoneException("Message throws.");

        public override string? StackTrace => throw new InvalidTimeZoneException("StackTrace throws.");

        public override IDictionary Data => throw new InvalidTimeZoneException("Data throws.");

        public override string ToString() => throw new InvalidTimeZoneException("ToString throws.");
    }
}
