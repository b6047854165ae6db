using Fibula;

namespace Forgotten;

/// <summary>Writes down which work began and which came back, which errors there were and which were told. It keeps none of the work alive.</summary>
internal sealed class Ledger
{
    // Guards the lists: the process may die on any thread.
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private readonly List<Exception> _errors = [];
    private readonly List<Exception> _told = [];
    private readonly List<string> _lines = [];

    /// <summary>Raised with all lines so far.</summary>
    public event Action<string>? Written;

    public Work Begin(string name)
    {
        var entry = new Entry(name);
        lock (_gate)
        {
            _entries.Add(entry);
        }

        Write($"{name} begins.");
        return entry.Begin();
    }

    public bool HasBegun(string name) => _entries.Exists(entry => entry.Name == name);

    /// <summary>Tells whether the work has come back, or never will because it was collected.</summary>
    public bool IsOver(string name) => _entries.Exists(entry => entry.Name == name && (entry.IsBack || entry.IsCollected));

    /// <summary>Writes down an error that is about to be thrown, for which nobody here is prepared.</summary>
    public Exception Note(Exception error)
    {
        lock (_gate)
        {
            _errors.Add(error);
        }

        return error;
    }

    /// <summary>Tells whether anybody was told of an error with this message.</summary>
    public bool IsTold(string message) => _told.Exists(error => error.Message == message);

    /// <summary>Fibula tells of an error that nobody has awaited.</summary>
    public void Tell(TaskFault fault)
    {
        fault.Handled = true;
        lock (_gate)
        {
            _told.Add(fault.Exception);
        }

        Write($"Fault in {fault.Name}, {Path.GetFileName(fault.FilePath)}:{fault.LineNumber}: {fault.Exception.Message}");
    }

    public void Write(string line)
    {
        lock (_gate)
        {
            _lines.Add(line);
        }

        Written?.Invoke(string.Join('\n', _lines));
    }

    /// <summary>Prints all lines, and what is missing.</summary>
    /// <param name="death">The error the process dies of, which tells it.</param>
    public void Print(Exception? death = null)
    {
        lock (_gate)
        {
            _lines.ForEach(Console.WriteLine);
            if (death is not null)
            {
                Console.WriteLine($"Dies of {death.GetType().Name}: {death.Message}");
            }

            Console.WriteLine($"Never came back: {Listed(_entries.Where(entry => !entry.IsBack))}");
            Console.WriteLine($"Told to nobody: {Listed(_errors.Except(_told).Where(error => error != death).Select(error => error.Message))}");
        }
    }

    private static string Listed(IEnumerable<object> lost) => string.Join(", ", lost) is { Length: > 0 } list ? list : "nothing";

    private sealed class Entry(string name)
    {
        private WeakReference? _work;

        public string Name => name;

        public bool IsBack { get; private set; }

        public bool IsCollected => !IsBack && _work is { IsAlive: false };

        public Work Begin()
        {
            var work = new Work(() => IsBack = true);
            _work = new WeakReference(work);
            return work;
        }

        public override string ToString() => IsCollected ? $"{name} (collected)" : name;
    }
}
