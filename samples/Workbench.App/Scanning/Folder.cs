namespace Workbench;

/// <summary>A folder of the walk. All files in it share this one path string.</summary>
internal sealed class Folder(string path, Folder? parent, FileIdentity identity)
{
    public string Path => path;

    public string PathOf(string name) => System.IO.Path.Join(path, name);

    public bool IsOrLiesIn(FileIdentity other)
    {
        for (Folder? folder = this; folder is not null; folder = folder.Parent)
        {
            if (other.IsKnown && folder.Identity == other)
            {
                return true;
            }
        }

        return false;
    }

    private Folder? Parent => parent;

    private FileIdentity Identity => identity;
}
