using System.Runtime.CompilerServices;
using Fibula;

namespace LostTasks;

/// <summary>The same hazard, started in a scope. Nobody keeps the handle, nor the scope.</summary>
internal sealed class OwnedRun : UiApp
{
    private readonly Hazard _hazard;
    private readonly bool _withToken;
    private readonly Trace _trace = new();
    private bool _wasAlive;

    public OwnedRun(Hazard hazard, bool withToken)
        : base("LostTasks")
    {
        _hazard = hazard;
        _withToken = withToken;
        Tasks.CloseGrace = withToken ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(0.2);
    }

    public string Try()
    {
        Run(new EventLoop());
        return !_wasAlive ? "collected while it waited, although it was owned" : $"held through {Collector.Rounds} collections; {HowItEnded()}";
    }

    protected override async Task OnRunningAsync()
    {
        Forget();
        Collector.Collect();
        _wasAlive = _trace.IsAlive;
        _hazard.Signal();
        if (_hazard.CanBeSignaled)
        {
            await _trace.UntilFinallyRan;
        }

        Exit();
    }

    private string HowItEnded()
    {
        string ran = _trace.FinallyRan ? "its finally ran" : "its finally did not run";
        if (_trace.HasResumed)
        {
            return $"resumed when its signal came; {ran}";
        }

        return CloseReport!.Survivors is [var survivor]
            ? $"named at close as a survivor: {survivor.Name}, {survivor.State}"
            : $"asked to cancel when the program left; {ran}";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Forget()
    {
        // docs: owned
        TaskScope window = Tasks.CreateChild("the window");
        if (_withToken)
        {
            window.Run(token => _hazard.WaitAsync(_trace, token), new TaskOptions { Name = _hazard.Name });
        }
        else
        {
            window.Run(() => _hazard.WaitAsync(_trace, CancellationToken.None), new TaskOptions { Name = _hazard.Name });
        }
        // docs: end
    }
}
