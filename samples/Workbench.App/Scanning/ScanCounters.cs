namespace Workbench;

/// <summary>Counts what the threads of a scan do. Telling it costs a few interlocked additions and allocates nothing.</summary>
internal sealed class ScanCounters(IProgress<ScanSnapshot>? progress)
{
    private long _folders;
    private long _files;
    private long _bytes;
    private long _filesDone;
    private long _filesTotal;
    private long _bytesDone;
    private long _bytesTotal;
    private long _groups;
    private long _wastedBytes;
    private ScanPhase _phase;

    /// <summary>Called between two phases, when no other thread counts.</summary>
    public void Begin(ScanPhase phase, long files, long bytes)
    {
        _phase = phase;
        (_filesDone, _filesTotal) = (0, files);
        (_bytesDone, _bytesTotal) = (0, bytes);
        Report();
    }

    public void AddFolder(long files, long bytes)
    {
        Interlocked.Increment(ref _folders);
        Interlocked.Add(ref _files, files);
        Interlocked.Add(ref _bytes, bytes);
        Report();
    }

    public void AddDone(long files, long bytes)
    {
        Interlocked.Add(ref _filesDone, files);
        Interlocked.Add(ref _bytesDone, bytes);
        Report();
    }

    public void AddGroup(DuplicateGroup group)
    {
        Interlocked.Increment(ref _groups);
        Interlocked.Add(ref _wastedBytes, group.WastedBytes);
        Report();
    }

    private void Report() => progress?.Report(new ScanSnapshot
    {
        Phase = _phase,
        Folders = Interlocked.Read(ref _folders),
        Files = Interlocked.Read(ref _files),
        Bytes = Interlocked.Read(ref _bytes),
        FilesDone = Interlocked.Read(ref _filesDone),
        FilesTotal = _filesTotal,
        // What has to be read twice, because a file changed, is counted twice.
        BytesDone = Math.Min(Interlocked.Read(ref _bytesDone), _bytesTotal),
        BytesTotal = _bytesTotal,
        Groups = Interlocked.Read(ref _groups),
        WastedBytes = Interlocked.Read(ref _wastedBytes),
    });
}
