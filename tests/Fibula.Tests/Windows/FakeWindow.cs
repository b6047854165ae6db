namespace Fibula.Tests.Windows;

/// <summary>A window of a toolkit that asks before it closes, and its closing.</summary>
internal sealed class FakeWindow : WindowClosing
{
    private readonly List<FakeWindow> _owned = [];
    private string? _title;

    public FakeWindow(UiLoop loop, string name)
        : base(loop)
    {
        WindowName = name;
        _title = name;
        Tasks = loop.App!.Tasks.CreateChild(name);
    }

    public string WindowName { get; }

    public TaskScope Tasks { get; }

    /// <summary>What was done with the window, in order.</summary>
    public List<string> Log { get; } = [];

    public bool IsOpen { get; private set; } = true;

    public string? ShownTitle
    {
        get => _title;
        set => _title = value;
    }

    /// <summary>What another handler of the closing event says.</summary>
    public bool IsRefused { get; set; }

    protected override string Name => WindowName;

    protected override IReadOnlyList<TaskScope> TaskScopes => [Tasks];

    protected override IReadOnlyList<WindowClosing> OwnedWindows => _owned;

    protected override string? Title
    {
        get => _title;
        set
        {
            _title = value;
            Log.Add($"title {value}");
        }
    }

    public FakeWindow Own(FakeWindow owned)
    {
        _owned.Add(owned);
        return this;
    }

    /// <summary>What a click on the close button does.</summary>
    /// <returns>False where the window was held back.</returns>
    public bool Click()
    {
        if (IsRefused || HoldBack())
        {
            Log.Add(IsRefused ? "refused" : "held");
            return false;
        }

        _owned.ForEach(static owned => owned.CloseForReal());
        CloseForReal();
        return true;
    }

    public void Open()
    {
        IsOpen = true;
        NotifyOpened();
    }

    public void TellNotAsked(string method) => NotifyNotAsked(method);

    protected override void CloseCore() => Click();

    protected override void EnableInput(bool isEnabled) => Log.Add(isEnabled ? "input" : "no input");

    private void CloseForReal()
    {
        IsOpen = false;
        Log.Add("closed");
        NotifyClosed();
    }
}
