using Fibula;

namespace Workbench;

/// <summary>Search as you type: the groups of a folder that have a text in one of their paths. Belongs to the UI thread.</summary>
public sealed class GroupSearch
{
    // Shorter than people take to notice, longer than between two keys of one word.
    private static readonly TimeSpan BetweenKeys = TimeSpan.FromMilliseconds(150);

    private readonly FolderScan _folder;
    private readonly TaskCommand<string> _search;

    /// <summary>Searches what a folder shows, again whenever that changes.</summary>
    public GroupSearch(FolderScan folder)
        : this(folder, BetweenKeys)
    {
    }

    internal GroupSearch(FolderScan folder, TimeSpan betweenKeys)
    {
        _folder = folder;

        // docs: search
        _search = new TaskCommand<string>(folder.Tasks, SearchAsync) { Name = "Search", Policy = CommandPolicy.KeepLatest, Debounce = betweenKeys };
        // docs: end
        folder.PropertyChanged += (_, change) =>
        {
            if (change.PropertyName == nameof(FolderScan.Result))
            {
                Search();
            }
        };
        Groups = folder.Groups;
    }

    /// <summary>Raised when other groups are to be shown.</summary>
    public event Action? Changed;

    /// <summary>What to search for, in capitals or not; empty for everything.</summary>
    public string Text
    {
        get;
        set
        {
            if (field != value)
            {
                field = value;
                Search();
            }
        }
    } = "";

    /// <summary>The groups that have the text, in the order of <see cref="FolderScan.Groups"/>.</summary>
    public IReadOnlyList<DuplicateGroup> Groups { get; private set; }

    /// <summary>For example "3 of 45 groups have 'photo' in a path"; empty where all are shown.</summary>
    public string Summary => Text.Length > 0 ? $"{Groups.Count:N0} of {Counted.Format(_folder.Groups.Count, "group")} have '{Text}' in a path" : "";

    private void Search()
    {
        if (Text.Length > 0)
        {
            _search.ExecuteAsync(Text);
        }
        else
        {
            _search.Cancel("All groups are shown.");
            Show(_folder.Groups);
        }
    }

    private async Task SearchAsync(string text, TaskContext task)
    {
        IReadOnlyList<DuplicateGroup> all = _folder.Groups;
        await task.SwitchToThreadPoolAsync();
        List<DuplicateGroup> found = [.. all.Where(group => Has(group, text, task.CancellationToken))];
        await task.SwitchToUiAsync();
        if (all == _folder.Groups && Text.Length > 0)
        {
            Show(found);
        }
    }

    private bool Has(DuplicateGroup group, string text, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Below the folder: what all have in common tells none from another.
        return group.Paths.Any(path => path.AsSpan(_folder.Folder.Length).Contains(text, StringComparison.OrdinalIgnoreCase));
    }

    private void Show(IReadOnlyList<DuplicateGroup> groups)
    {
        Groups = groups;
        Changed?.Invoke();
    }
}
