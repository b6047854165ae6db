using System.Runtime.ExceptionServices;
using Fibula.Toolkits;

namespace Fibula;

/// <summary>
/// A loop over any toolkit's <see cref="SynchronizationContext"/>, for toolkits without an adapter of their own.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> Callbacks run wherever the context posts to. <see cref="UiLoop.CheckAccess"/> compares the owning thread where one was
/// given, and otherwise asks whether the context is current.</para>
/// <para><b>Cancellation.</b> A context cannot tell that its toolkit has ended: call <see cref="End"/> then.</para>
/// <para><b>Errors.</b> A fault nobody handled is thrown inside a post of the context, which is where an <c>async void</c> exception goes too.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Loops/ForeignContextTests.cs#use">
/// var loop = new SynchronizationContextLoop(SynchronizationContext.Current!, Thread.CurrentThread);
/// UiApp app = loop.UseFibula(options => options.OnRunning = LoadAsync);
/// </code>
/// </example>
public sealed class SynchronizationContextLoop : ToolkitLoop
{
    private readonly SynchronizationContext _inner;
    private readonly Thread? _owner;
    private readonly Action? _quit;

    /// <summary>Creates a loop over a context that already pumps, or will.</summary>
    /// <param name="context">The toolkit's context.</param>
    /// <param name="owner">The UI thread, where the context belongs to one; null otherwise.</param>
    /// <param name="quit">Called on the UI thread when the app has exited, to end the toolkit's loop; null if the host ends it.</param>
    /// <param name="timeProvider">The clock of delays and deadlines; <see cref="TimeProvider.System"/> if null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    public SynchronizationContextLoop(
        SynchronizationContext context,
        Thread? owner = null,
        Action? quit = null,
        TimeProvider? timeProvider = null)
        : base(timeProvider, context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _inner = context;
        _owner = owner;
        _quit = quit;

        // Sent through the context itself: it comes once the context pumps, which is what "started" means.
        _inner.Post(static loop => ((SynchronizationContextLoop)loop!).NotifyStarted(), this);
    }

    internal override bool IsStartupThread => CheckAccessCore();

    internal override bool HasThread => _owner is not null;

    /// <summary>Tells that the toolkit's loop is over. Live tasks are asked to cancel, and their clean-up runs on the thread pool.</summary>
    public void End() => NotifyEnded();

    /// <inheritdoc/>
    protected override bool CheckAccessCore()
    {
        if (_owner is not null)
        {
            return _owner == Thread.CurrentThread;
        }

        SynchronizationContext? current = SynchronizationContext.Current;
        return current == _inner || current == Context;
    }

    /// <inheritdoc/>
    protected override void RequestTurn(bool yielding) =>
        _inner.Post(static loop => ((SynchronizationContextLoop)loop!).RunTurn(), this);

    /// <inheritdoc/>
    protected override void QuitCore() => _quit?.Invoke();

    /// <inheritdoc/>
    protected override void OnUnhandledFault(TaskFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        _inner.Post(static error => ExceptionDispatchInfo.Throw((Exception)error!), fault.Exception);
    }
}
