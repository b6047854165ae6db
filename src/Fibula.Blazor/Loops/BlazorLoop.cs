using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Fibula.Toolkits;
using Microsoft.AspNetCore.Components;

namespace Fibula;

/// <summary>The loop of one renderer of Blazor, which is that of one circuit: one user's open page.</summary>
/// <remarks>
/// <para><b>Threads.</b> A renderer has no thread of its own: it admits one pool thread at a time, which is its UI thread for that time. Work runs
/// under the renderer's own <see cref="SynchronizationContext"/>, since components may be touched under no other.</para>
/// <para><b>Cancellation.</b> When the circuit closes, <see cref="CloseAsync"/> cancels all tasks and waits for them, while the renderer keeps running.
/// Later awaits resume under the renderer's context, with a signaled token.</para>
/// <para><b>Errors.</b> An unhandled fault goes where an exception of the component would go: to the error boundary around it, else it ends the circuit.</para>
/// <para>Use <c>AddInteractiveServerComponents().UseFibula()</c> instead in a server, which then makes one for each circuit.</para>
/// </remarks>
public sealed class BlazorLoop : ToolkitLoop
{
    // By the renderer's context, for as long as that lives: a server has many circuits, and one whose app has left may still be on a screen.
    private static readonly ConditionalWeakTable<SynchronizationContext, BlazorLoop> Loops = [];

    // The same by the renderer's dispatcher, once a component of it was looked for.
    private static readonly ConditionalWeakTable<Dispatcher, BlazorLoop> LoopsByDispatcher = [];

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Creates the loop of the renderer that the calling code is in, for example in a test of a component.</summary>
    /// <param name="navigation">Asked by pages that close after their tasks; null where there are none.</param>
    /// <param name="timeProvider">The clock of delays and deadlines; <see cref="TimeProvider.System"/> if null.</param>
    /// <exception cref="InvalidOperationException">The calling code is in no renderer.</exception>
    public BlazorLoop(NavigationManager? navigation = null, TimeProvider? timeProvider = null)
        : base(timeProvider, ContextOfTheRenderer(), runsUnderToolkitContext: true)
    {
        Navigation = navigation;
        Components = new ComponentScopes(this);
        Loops.AddOrUpdate(Context, this);
        Context.Post(static loop => ((BlazorLoop)loop!).NotifyStarted(), this);
    }

    /// <summary>Ends when the app has exited, because the circuit was closed or because the app asked for it.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The loop of the circuit that the calling code is in, also after its app has left; null elsewhere, and before it has an app.</summary>
    internal static BlazorLoop? OfThisCircuit() =>
        SynchronizationContext.Current is { } current && Loops.TryGetValue(current, out BlazorLoop? loop) && loop.App is not null ? loop : null;

    /// <summary>The loops of all renderers that live.</summary>
    internal static IEnumerable<BlazorLoop> All => Loops.Select(static known => known.Value);

    internal NavigationManager? Navigation { get; }

    internal ComponentScopes Components { get; }

    /// <summary>Those that are on the page; the one that came last asks.</summary>
    internal List<BlazorCloseDialog> CloseDialogs { get; } = [];

    /// <inheritdoc/>
    protected override bool LeavesSignalsToTheHost => true;

    /// <inheritdoc/>
    protected override bool ServesOneUser => true;

    /// <summary>Closes the circuit's app. The exit hook is called with <see cref="ExitCause.SessionEnding"/>, and cannot refuse; then the
    /// tasks are canceled and waited for.</summary>
    /// <returns>A task that ends when the app has exited.</returns>
    public async Task CloseAsync()
    {
        if (HasEnded || this.App is null)
        {
            End();
            return;
        }

        // There may be nobody any more who could answer what the hook asks.
        await LeaveWithTheSessionAsync().ConfigureAwait(false);
        await Ended.ConfigureAwait(false);
    }

    /// <summary>Tells that the renderer is gone. Live tasks are canceled, and not waited for. Does nothing once the app has exited.</summary>
    public void End()
    {
        NotifyEnded();
        _ended.TrySetResult();
    }

    /// <summary>Runs something inside the renderer, from any thread, also after the app has exited.</summary>
    /// <returns>A task that ends with what the callback returns.</returns>
    internal Task InvokeAsync(Func<Task> callback)
    {
        if (CheckAccessCore())
        {
            return callback();
        }

        var called = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        Context.Post(
            _ =>
            {
                try
                {
                    called.SetResult(callback());
                }
                catch (Exception error)
                {
                    called.SetException(error);
                }
            },
            null);
        return called.Task.Unwrap();
    }

    /// <inheritdoc/>
    protected override bool CheckAccessCore() => SynchronizationContext.Current == Context;

    /// <inheritdoc/>
    protected override void RequestTurn(bool yielding) => Context.Post(static loop => ((BlazorLoop)loop!).RunTurn(), this);

    /// <inheritdoc/>
    protected override void QuitCore() => End();

    /// <inheritdoc/>
    protected override void OnUnhandledFault(TaskFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (!Components.DispatchToItsComponent(fault))
        {
            Context.Post(static error => ExceptionDispatchInfo.Throw((Exception)error!), fault.Exception);
        }
    }

    /// <inheritdoc/>
    protected override Task<CloseAnswer> AskAsync(CloseQuestion question) => CloseDialogs is [.., { } dialog] ? dialog.AskAsync(question) : base.AskAsync(question);

    /// <inheritdoc/>
    protected override TaskScope? GetScope(object view) => !HasEnded && view is ITaskOwner component ? Components.Of(component) : null;

    /// <inheritdoc/>
    protected override bool TryFindLoop(object view, out UiLoop? loop)
    {
        Dispatcher? dispatcher = view is ComponentBase component ? ComponentMembers.DispatcherOf(component) : null;
        loop = dispatcher is null ? null : OfDispatcher(dispatcher);
        return dispatcher is not null;
    }

    private static BlazorLoop? OfDispatcher(Dispatcher dispatcher)
    {
        if (LoopsByDispatcher.TryGetValue(dispatcher, out BlazorLoop? known))
        {
            return known;
        }

        // A dispatcher does not say which context it is over, but whether that is the current one.
        SynchronizationContext? callersContext = SynchronizationContext.Current;
        try
        {
            foreach ((SynchronizationContext context, BlazorLoop loop) in Loops)
            {
                SynchronizationContext.SetSynchronizationContext(context);
                if (dispatcher.CheckAccess())
                {
                    LoopsByDispatcher.AddOrUpdate(dispatcher, loop);
                    return loop;
                }
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(callersContext);
        }

        return null;
    }

    private static SynchronizationContext ContextOfTheRenderer() =>
        SynchronizationContext.Current
        ?? throw new InvalidOperationException("The code that makes a BlazorLoop is in no renderer. Make it inside InvokeAsync of the renderer's dispatcher.");
}
