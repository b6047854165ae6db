namespace Workbench;

/// <summary>What the file system says about one path. Two equal values mean that nothing was written in between.</summary>
internal readonly record struct FileFacts(FileKind Kind, long Size, long Modified, FileIdentity Identity);
