using System.Runtime.InteropServices;

namespace Workbench;

/// <summary><c>struct statx</c> of linux/stat.h, as far as the scan reads it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly struct StatxAnswer
{
    private const int KindBits = 0xF000;

    [FieldOffset(20)]
    private readonly uint _user;

    [FieldOffset(28)]
    private readonly ushort _mode;

    [FieldOffset(32)]
    private readonly ulong _inode;

    [FieldOffset(40)]
    private readonly ulong _size;

    [FieldOffset(96)]
    private readonly long _changedSeconds;

    [FieldOffset(104)]
    private readonly uint _changedNanoseconds;

    [FieldOffset(112)]
    private readonly long _modifiedSeconds;

    [FieldOffset(120)]
    private readonly uint _modifiedNanoseconds;

    [FieldOffset(136)]
    private readonly uint _deviceMajor;

    [FieldOffset(140)]
    private readonly uint _deviceMinor;

    public FileFacts ToFacts() => new(
        Kind,
        (long)_size,
        ToNanoseconds(_modifiedSeconds, _modifiedNanoseconds),
        new FileIdentity(((ulong)_deviceMajor << 32) | _deviceMinor, _inode),
        ToNanoseconds(_changedSeconds, _changedNanoseconds));

    public FileOwner ToOwner() => new(Kind, _user, (UnixFileMode)(_mode & ~KindBits));

    private static long ToNanoseconds(long seconds, uint nanoseconds) => unchecked((seconds * 1_000_000_000) + nanoseconds);

    private FileKind Kind => (_mode & KindBits) switch
    {
        0x8000 => FileKind.File,
        0x4000 => FileKind.Folder,
        0xA000 => FileKind.Link,
        0x1000 => FileKind.NamedPipe,
        0xC000 => FileKind.Socket,
        _ => FileKind.Device,
    };
}
