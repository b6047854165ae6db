using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Fibula.CompilerServices;

/// <summary>
/// Called by the code that <c>FibulaOwnForgottenTasks</c> generates: gives a dropped task to the scope that it belongs to.
/// Do not call it directly: <see cref="TaskScope.Own(Task, TaskOptions, Action, string, string, string, int)"/> names the owner.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> May be called from any thread. The scope of a window is found on its UI thread only.</para>
/// <para><b>Cancellation.</b> A task that was started elsewhere cannot be canceled: when its scope closes it is named as abandoned, and held until it ends.</para>
/// <para><b>Errors.</b> Its fault is a <see cref="TaskFault"/> of the scope, and is not thrown here.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ForgottenTask
{
    /// <summary>Owns a task whose caller has dropped it.</summary>
    /// <param name="task">The task. It needs no owner if it has succeeded.</param>
    /// <param name="receiver">The object the method was called on; null for a static one.</param>
    /// <param name="name">The method, for people: <c>LoadAsync</c>.</param>
    /// <param name="file">The file of the call.</param>
    /// <param name="line">The line of the call.</param>
    /// <param name="isObserved">True where a continuation handles the error, so that it is not reported again.</param>
    /// <param name="work">The function that the task runs, where its name is known at run time only: the task is named after it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public static void Own(Task? task, object? receiver, string name, string? file, int line, bool isObserved = false, Delegate? work = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (task is { IsCompletedSuccessfully: false })
        {
            var site = CallSite.OfDropped(work is null ? name : CallSite.NameOf(work.Method), file, line);
            OwnerFinder.Of(receiver).OwnForgotten(task, site, isObserved);
        }
    }

    /// <summary>Owns a run of an <c>async void</c> method.</summary>
    /// <typeparam name="TStateMachine">The method's state machine, which knows its name and its <c>this</c>.</typeparam>
    /// <param name="task">Ends as the method does.</param>
    /// <param name="stateMachine">The machine.</param>
    /// <param name="placeOf">Finds the file and line of a method by its full name; 0 if unknown.</param>
    /// <exception cref="ArgumentNullException"><paramref name="task"/> or <paramref name="placeOf"/> is null.</exception>
    public static void OwnVoid<[DynamicallyAccessedMembers(StateMachine.Fields)] TStateMachine>(
        Task task, TStateMachine stateMachine, Func<string, (string? File, int Line)> placeOf)
        where TStateMachine : notnull
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(placeOf);
        if (!task.IsCompletedSuccessfully)
        {
            CallSite site = VoidMethod<TStateMachine>.SiteBy(placeOf);
            OwnerFinder.Of(VoidMethod<TStateMachine>.ThisOf(ref stateMachine)).OwnForgotten(task, site, isObserved: false);
        }
    }
}
