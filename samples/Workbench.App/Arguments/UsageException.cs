namespace Workbench;

/// <summary>The arguments make no sense; the message says what to type. Never leaves the parser.</summary>
internal sealed class UsageException(string message) : Exception(message);
