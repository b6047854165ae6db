using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>
/// Follows the state machines of <c>async</c> methods that await each other, from the outside in: only the awaiter in a
/// state machine tells what it waits for. Finds nothing if the runtime hides it (native AOT, runtime-async, a custom builder).
/// </summary>
internal static class InnermostMethod
{
    // A chain that is longer does not become clearer.
    private const int MostSteps = 64;

    private const BindingFlags AnyField = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The innermost method that can be seen, with its type.</summary>
    /// <param name="body">The task of the outermost method.</param>
    /// <param name="isRunning">Whether that method is in the middle of a step.</param>
    /// <returns>Null where nothing can be seen.</returns>
    public static string? Of(Task? body, out bool isRunning)
    {
        isRunning = false;
        string? name = null;
        if (!RuntimeFeature.IsDynamicCodeSupported)
        {
            return name;
        }

        for (int step = 0; body is not null && step < MostSteps; step++)
        {
            if (StateMachineOf(body) is not { } stateMachine)
            {
                break;
            }

            Type type = stateMachine.GetType();
            name = StateMachine.NameOf(type);
            isRunning = FieldOf(stateMachine, "<>1__state") is -1;
            body = isRunning ? null : AwaitedBy(stateMachine);
        }

        return name;
    }

    // The task of an async method is a box around its state machine. A task that has ended may still be one, and says nothing.
    private static object? StateMachineOf(Task body) =>
        !body.IsCompleted && FieldOf(body, "StateMachine") is IAsyncStateMachine stateMachine && stateMachine.GetType().Name.StartsWith('<') ? stateMachine : null;

    // Each kind of awaiter has a field, "<>u__1"; all but the one in use are empty.
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Where a field was trimmed away nothing is found, and nothing is said.")]
    private static Task? AwaitedBy(object stateMachine)
    {
        foreach (FieldInfo field in stateMachine.GetType().GetFields(AnyField))
        {
            if (field.Name.StartsWith("<>u__", StringComparison.Ordinal) && field.GetValue(stateMachine) is { } awaiter && TaskOf(awaiter) is { } task)
            {
                return task;
            }
        }

        return null;
    }

    // TaskAwaiter.m_task; ConfiguredTaskAwaitable's awaiter the same; a ValueTask's keeps the ValueTask, and that the task.
    private static Task? TaskOf(object awaiter) =>
        FieldOf(awaiter, "m_task") as Task
        ?? (FieldOf(awaiter, "_value") is { } value ? FieldOf(value, "_obj") as Task : null);

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Where a field was trimmed away nothing is found, and nothing is said.")]
    private static object? FieldOf(object holder, string name) => holder.GetType().GetField(name, AnyField)?.GetValue(holder);
}
