namespace Workbench;

/// <summary>The kinds of things a scan leaves out, so that a report can count them.</summary>
public enum SkipReason
{
    /// <summary>No permission, or the device failed.</summary>
    Unreadable,

    /// <summary>It was there when its folder was read, and gone when it was to be read.</summary>
    Vanished,

    /// <summary>It was written to while the scan ran.</summary>
    Changed,

    /// <summary>It has no bytes: nothing to compare, nothing to save.</summary>
    Empty,

    /// <summary>A symbolic link to nothing.</summary>
    BrokenLink,

    /// <summary>A symbolic link that leads to itself or to a folder it lies in.</summary>
    LoopingLink,

    /// <summary>A name that .NET can't open.</summary>
    NameNotUtf8,

    /// <summary>A named pipe (FIFO).</summary>
    NamedPipe,

    /// <summary>A Unix domain socket.</summary>
    Socket,

    /// <summary>A block or character device.</summary>
    Device,

    /// <summary>A trash folder: what lies in it was thrown away.</summary>
    Trash,
}
