using Fibula.Toolkits;

namespace Fibula.Tests.Toolkits;

/// <summary>A window of a toolkit that asks before it closes, and its closing.</summary>
internal sealed class FakeWindow : WindowClosing
{
    private readonly List<FakeWindow> _owned = [];
    private string? _title;

    public FakeWindow(ToolkitLoop loop, string name)
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

    /// <summary>What a handler of the program's throws when the window's input or title changes; null for none.</summary>
    public Exception? ChangeError { get; set; }

    /// <summary>What a handler of the program's throws when the window closes for real; null for none.</summary>
    public Exception? CloseError { get; set; }

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
            ThrowIfAny(ChangeError);
        }
    }

    public FakeWindow Own(FakeWindow owned)
    {
        _owned.Add(owned);
        return this;
    }

    public void Disown(FakeWindow owned) => _owned.Remove(owned);

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

    /// <summary>The toolkit closes the window and asks nobody.</summary>
    public void CloseForReal()
    {
        IsOpen = false;
        Log.Add("closed");
        NotifyClosed();
    }

    protected override void CloseCore()
    {
        ThrowIfAny(CloseError);
        Click();
    }

    protected override void EnableInput(bool isEnabled)
    {
        Log.Add(isEnabled ? "input" : "no input");
        ThrowIfAny(ChangeError);
    }

    private static void ThrowIfAny(Exception? error)
    {
        if (error is not null)
        {
            throw error;
        }
    }
}
