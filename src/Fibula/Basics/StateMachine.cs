using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Fibula;

/// <summary>Reads what the compiler has put into the state machine of an <c>async</c> method: its name and its <c>this</c>.</summary>
internal static class StateMachine
{
    public const DynamicallyAccessedMemberTypes Fields = DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields;

    private const BindingFlags InstanceField = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private const string This = "<>4__this";

    /// <summary>The object the method was called on; for a lambda that captured more than that, one step through what it captured. Null for a static one.</summary>
    public static object? ThisOf<[DynamicallyAccessedMembers(Fields)] TStateMachine>(TStateMachine stateMachine)
        where TStateMachine : notnull
    {
        object? found = typeof(TStateMachine).GetField(This, InstanceField)?.GetValue(stateMachine);
        return found is not null && IsOfTheCompiler(found.GetType()) ? CapturedThis(found) : found;
    }

    /// <summary>The method as it is called in the source, with its type: <c>MainWindow.Save_Click</c>. A lambda is named after the member it is written in.</summary>
    public static string NameOf(Type stateMachine)
    {
        string member = MemberOf(stateMachine);
        return LambdaClass.Around(stateMachine.DeclaringType) is { } type ? $"{LambdaClass.NameOf(type)}.{member}" : member;
    }

    /// <summary>The same with the namespace and the outer classes, as reflection writes them: two classes may have one name.</summary>
    public static string FullNameOf(Type stateMachine) => $"{LambdaClass.Around(stateMachine.DeclaringType)?.FullName}.{MemberOf(stateMachine)}";

    private static string MemberOf(Type stateMachine)
    {
        // "<Save_Click>d__5"; "<<Save_Click>b__5_0>d" for a lambda; "<<Save_Click>g__Check|5_0>d" for a local function.
        // A constructor, ".ctor" everywhere else, is "-ctor" here.
        string inner = stateMachine.Name;
        string method = inner.StartsWith("<<", StringComparison.Ordinal) ? inner[1..inner.LastIndexOf('>')] : inner[1..inner.IndexOf('>')];
        return CallSite.SourceName(method).TrimStart('-');
    }

    private static bool IsOfTheCompiler(Type type) => type.Name.StartsWith('<');

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Where the field was trimmed away nothing is found, and the task belongs to the app.")]
    private static object? CapturedThis(object closure) => closure.GetType().GetField(This, InstanceField)?.GetValue(closure);
}
