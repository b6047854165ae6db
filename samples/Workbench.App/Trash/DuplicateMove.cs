namespace Workbench;

/// <summary>Moves the duplicates of one file to the trash, as long as that file is there with the same content.</summary>
/// <remarks>
/// Another tab, process or program may do anything between two calls of the system. So each move is looked at before and after: whoever moves last finds
/// the other copy gone, and puts its own back. Of two that keep each other's file, at least one sees what the other did.
/// </remarks>
internal sealed class DuplicateMove(TrashCan can, IFileAccess files, DuplicateFile kept)
{
    // Of the file that stays, when its content was compared last. Null: the content differs, or it is gone.
    private FileFacts? _kept = kept.Facts;

    /// <summary>Moves one of them.</summary>
    /// <exception cref="TrashException">It is where it was, or the message says where.</exception>
    public TrashedFile Move(DuplicateFile file, CancellationToken cancellationToken)
    {
        if (!file.IsUnchanged(files))
        {
            throw HasChanged(file);
        }

        _kept = _kept is { } compared && IsKept(compared) ? compared : CompareAgain(file, cancellationToken);
        if (_kept is not { } facts)
        {
            throw KeptHasChanged(file);
        }

        TrashedFile trashed = can.Move(file.Path, cancellationToken);
        if (Look(trashed.InTrash) is not { } moved || !moved.IsSameFileAs(file.Facts))
        {
            throw PutBack(trashed, HasChanged(file));
        }

        if (!IsKept(facts))
        {
            throw PutBack(trashed, KeptHasChanged(file));
        }

        return trashed;
    }

    private static TrashException HasChanged(DuplicateFile file) => new($"'{file.Path}' was not moved: it has changed since the scan. Scan again.");

    private static TrashException PutBack(TrashedFile trashed, TrashException why)
    {
        try
        {
            TrashCan.Restore(trashed with { Path = trashed.RealPath });
            return why;
        }
        catch (TrashException error)
        {
            return new TrashException($"{why.Message} {error.Message}");
        }
    }

    private TrashException KeptHasChanged(DuplicateFile file) => new($"'{file.Path}' was not moved: '{kept.Path}' has changed since the scan. Scan again.");

    private bool IsKept(FileFacts compared) => Look(kept.Path) == compared;

    private FileFacts? Look(string path)
    {
        try
        {
            return files.Look(path);
        }
        catch (SkipException)
        {
            return null;
        }
    }

    // Only what is written differs, or only the time: then the file that stays is as good as before.
    private FileFacts? CompareAgain(DuplicateFile file, CancellationToken cancellationToken) =>
        _kept is not null && Look(kept.Path) is { Kind: FileKind.File } now && now.Size == file.Facts.Size && IsAnother(now, file.Facts)
            && SameContent.IsIn(files, new DuplicateFile(kept.Path, now), file, cancellationToken)
            ? now
            : null;

    // The path may lead to the very file that is to go.
    private static bool IsAnother(FileFacts one, FileFacts other) => one.Identity.IsKnown && one.Identity != other.Identity;
}
