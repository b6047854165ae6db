namespace Workbench;

/// <summary>One file of a group, as it was when its content was compared: a file that differs later is no longer known to be a duplicate.</summary>
internal readonly record struct DuplicateFile(string Path, FileFacts Facts)
{
    public FoundFile ToFound() => new(new Folder(System.IO.Path.GetDirectoryName(Path)!, parent: null, default), System.IO.Path.GetFileName(Path), Facts);

    public bool IsUnchanged(IFileAccess files)
    {
        try
        {
            return files.Look(Path) == Facts;
        }
        catch (SkipException)
        {
            return false;
        }
    }
}
