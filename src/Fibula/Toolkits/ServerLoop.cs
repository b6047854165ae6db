using Fibula.Toolkits;

namespace Fibula;

/// <summary>
/// A loop without a thread or a user: its turns run on the thread pool, one after another. For the work of a server that belongs to none of its users.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> A turn runs on any pool thread. Work started here begins in its turn.</para>
/// <para><b>Owner.</b> The app on this loop owns each dropped call that belongs to no user, such as one in an HTTP request, as long as the process has
/// one such app only.</para>
/// <para><b>Cancellation.</b> It ends when its app exits, or at <see cref="End"/>. Signals are the host's.</para>
/// <para><b>Errors.</b> A fault nobody handled is given to the callback of the constructor, else written to standard error.</para>
/// <para>Blazor's <c>UseFibula()</c> makes one. Use <see cref="EventLoop"/> instead for a program of one user.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/LoopExampleTests.cs#server">
/// var loop = new ServerLoop(onUnhandledFault: fault => reported.SetResult(fault));
/// UiApp server = loop.UseFibula(options => options.Name = "server");
/// server.Tasks.Run(CompactAsync);     // belongs to no request and to no user
/// </code>
/// </example>
public sealed class ServerLoop : ToolkitLoop
{
    // Tasks that a turn starts, for example by Parallel.For, must not be serialized with the turns.
    private const TaskCreationOptions HiddenTurn = TaskCreationOptions.HideScheduler | TaskCreationOptions.DenyChildAttach;

    private readonly TaskFactory _oneByOne = new(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);
    private readonly Action<TaskFault>? _onUnhandledFault;
    private volatile Thread? _thread;

    /// <summary>Creates a loop that runs already.</summary>
    /// <param name="onUnhandledFault">Called in a turn for each fault nobody handled; null writes it to standard error.</param>
    /// <param name="timeProvider">The clock of delays and deadlines; <see cref="TimeProvider.System"/> if null.</param>
    public ServerLoop(Action<TaskFault>? onUnhandledFault = null, TimeProvider? timeProvider = null)
        : base(timeProvider)
    {
        _onUnhandledFault = onUnhandledFault;
        NotifyStarted();
    }

    /// <summary>Ends the loop without waiting: live tasks are asked to cancel, and their clean-up runs on the thread pool.</summary>
    public void End() => NotifyEnded();

    /// <inheritdoc/>
    internal override bool ServesTheHost => true;

    /// <inheritdoc/>
    protected override bool LeavesSignalsToTheHost => true;

    /// <inheritdoc/>
    protected override bool CheckAccessCore() => _thread == Thread.CurrentThread;

    /// <inheritdoc/>
    protected override void RequestTurn(bool yielding) => _ = _oneByOne.StartNew(RunTurnHere, HiddenTurn);

    /// <inheritdoc/>
    protected override void QuitCore() => NotifyEnded();

    /// <inheritdoc/>
    protected override void OnUnhandledFault(TaskFault fault)
    {
        if (_onUnhandledFault is { } callback)
        {
            Subscriber.Invoke(this, callback, fault, nameof(OnUnhandledFault));
        }
        else
        {
            base.OnUnhandledFault(fault);
        }
    }

    private void RunTurnHere()
    {
        _thread = Thread.CurrentThread;
        RunTurn();
        _thread = null;
    }
}
