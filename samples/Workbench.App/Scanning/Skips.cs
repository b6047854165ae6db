namespace Workbench;

/// <summary>The sentences a person reads beside a skipped path.</summary>
internal static class Skips
{
    public static SkipException NotPermitted() => new(
        SkipReason.Unreadable, "You have no permission to read it. Change its permissions, or scan as a user who may read it.");

    public static SkipException PathTooLong() => new(
        SkipReason.Unreadable, "Its path is longer than the system can open. Scan a folder further down.");

    public static SkipException Unreadable(string systemMessage) => new(
        SkipReason.Unreadable, $"The system could not read it: {systemMessage.TrimEnd('.')}.");

    public static SkipException PartlyRead(string systemMessage) => new(
        SkipReason.Unreadable, $"Only a part of this folder could be read: {systemMessage.TrimEnd('.')}.");

    public static SkipException Vanished() => new(
        SkipReason.Vanished, "It vanished while the scan ran.");

    public static SkipException Changed() => new(
        SkipReason.Changed, "It changed while the scan ran. Scan again when nothing writes to it.");

    public static SkipException ShorterThanItSays(long given, long size) => new(
        SkipReason.Changed, $"It gave {given} of the {size} bytes it says it has: it was cut while the scan ran, or its size is not real.");

    public static SkipException Empty() => new(
        SkipReason.Empty, "It is empty, so there is nothing to compare.");

    public static SkipException BrokenLink() => new(
        SkipReason.BrokenLink, "It is a symbolic link to something that does not exist.");

    public static SkipException LinkToItself() => new(
        SkipReason.LoopingLink, "It is a symbolic link that leads back to itself.");

    public static SkipException LinkToOwnFolder() => new(
        SkipReason.LoopingLink, "It is a symbolic link to a folder it lies in.");

    public static SkipException NameNotUtf8() => new(
        SkipReason.NameNotUtf8, "Its name is not valid UTF-8, so it can't be opened. Rename it to have it compared.");

    public static SkipException NamedPipe() => new(
        SkipReason.NamedPipe, "It is a named pipe, not a file. It was not opened.");

    public static SkipException Socket() => new(
        SkipReason.Socket, "It is a socket, not a file. It was not opened.");

    public static SkipException Device() => new(
        SkipReason.Device, "It is a device, not a file. It was not opened.");

    public static SkipException Trash() => new(
        SkipReason.Trash, "It is a trash folder. What lies in it was thrown away, and is no duplicate.");

    public static SkipException From(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => Vanished(),
        UnauthorizedAccessException => NotPermitted(),
        PathTooLongException => PathTooLong(),
        _ => Unreadable(error.Message),
    };
}
