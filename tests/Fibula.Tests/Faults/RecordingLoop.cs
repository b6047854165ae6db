namespace Fibula.Tests.Faults;

/// <summary>An adapter that notes where unhandled faults are led to.</summary>
internal sealed class RecordingLoop : UiLoop
{
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public List<string> Told { get; } = [];

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

    protected override void WriteLine(string line) => Told.Add($"line: {(line.Contains("Broken.") ? "Broken." : line)}");
}
