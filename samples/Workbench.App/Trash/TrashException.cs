namespace Workbench;

/// <summary>A file could not be moved to the trash, or back; it is where it was. The message is a sentence for people.</summary>
public sealed class TrashException(string message) : Exception(message)
{
    /// <summary>Whether no other file can be moved there either: the disk is full, or can't be written.</summary>
    internal bool ConcernsAll { get; init; }
}
