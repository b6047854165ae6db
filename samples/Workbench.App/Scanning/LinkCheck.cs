namespace Workbench;

/// <summary>No link is followed, but one that leads nowhere or in a circle is worth telling.</summary>
internal static class LinkCheck
{
    public static void ThrowIfBrokenOrLooping(IFileAccess files, Folder folder, string name)
    {
        if (IsToFolderOf(files, folder, folder.PathOf(name)))
        {
            throw Skips.LinkToOwnFolder();
        }
    }

    private static bool IsToFolderOf(IFileAccess files, Folder folder, string path)
    {
        try
        {
            return folder.IsOrLiesIn(files.LookThroughLinks(path).Identity);
        }
        catch (SkipException error) when (error.Reason is SkipReason.Vanished or SkipReason.NameNotUtf8)
        {
            throw Skips.BrokenLink();
        }
        catch (SkipException error) when (error.Reason is SkipReason.Unreadable)
        {
            // It leads somewhere this user may not look, which is no business of the scan.
            return false;
        }
    }
}
