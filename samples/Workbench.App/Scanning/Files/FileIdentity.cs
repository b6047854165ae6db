namespace Workbench;

/// <summary>The device and inode of a file: the same for all its hard links, and for one file seen through two mounts.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode)
{
    /// <summary>False where the system doesn't tell: then each path counts as a file of its own.</summary>
    public bool IsKnown => this != default;
}
