using System.Runtime.InteropServices;

namespace Workbench;

/// <summary>Says in words why Linux refused.</summary>
internal static class LinuxError
{
    private const int NotPermitted = 1;
    private const int NoSuchFile = 2;
    private const int AccessDenied = 13;
    private const int NotAFolder = 20;
    private const int NameTooLong = 36;
    private const int TooManyLinks = 40;

    public static SkipException ToSkip(int error, string path) => error switch
    {
        // .NET decodes a name that is not UTF-8 with replacement characters; under that name there is nothing.
        NoSuchFile when LossyName.IsPossible(path) => Skips.NameNotUtf8(),
        NoSuchFile or NotAFolder => Skips.Vanished(),
        AccessDenied or NotPermitted => Skips.NotPermitted(),
        TooManyLinks => Skips.LinkToItself(),
        NameTooLong => Skips.PathTooLong(),
        _ => Skips.Unreadable(Marshal.GetPInvokeErrorMessage(error)),
    };
}
