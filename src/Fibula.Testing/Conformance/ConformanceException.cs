namespace Fibula.Testing;

/// <summary>A loop has broken one of its promises.</summary>
public sealed class ConformanceException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">A sentence that tells what happened.</param>
    /// <param name="innerException">What came up on the way; null for nothing.</param>
    public ConformanceException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
