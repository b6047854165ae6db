using Fibula.Toolkits;

namespace Fibula.Tests.Faults;

/// <summary>An adapter that notes where unhandled faults are led to.</summary>
internal sealed class RecordingLoop : ToolkitLoop
{
    private readonly int _thread = Environment.CurrentManagedThreadId;

    private readonly TaskCompletionSource<string> _firstLine = new();

    public List<string> Told { get; } = [];

    public Task<string> FirstLine => _firstLine.Task;

    /// <summary>Its terminal is gone: lines are lost on it.</summary>
    public bool IsBroken { get; set; }

    public void Start() => NotifyStarted();

    public void Turn()
    {
        for (long before = -1; before != TurnsRequested;)
        {
            before = TurnsRequested;
            RunTurn();
        }
    }

    public void End() => NotifyEnded();

    protected override bool CheckAccessCore() => _thread == Environment.CurrentManagedThreadId;

    protected override void RequestTurn(bool yielding)
    {
    }

    protected override void OnUnhandledFault(TaskFault fault) => Told.Add($"unhandled: {fault.Exception.Message}");

    protected override void WriteLine(string line)
    {
        if (IsBroken)
        {
            throw new NotSupportedException("The terminal is gone.");
        }

        Told.Add($"line: {(line.Contains("Broken.") ? "Broken." : line)}");
        _firstLine.TrySetResult(line);
    }
}
