using System.Diagnostics.CodeAnalysis;

namespace Fibula;

/// <summary>Reads what the compiler has put into the state machine of an <c>async</c> method: its name and its <c>this</c>.</summary>
internal static class StateMachine
{
    public const DynamicallyAccessedMemberTypes Fields = DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields;

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

    /// <summary>Whether the compiler has made the type, as it does for what a lambda captures.</summary>
    public static bool IsOfTheCompiler(Type type) => type.Name.StartsWith('<');
}
