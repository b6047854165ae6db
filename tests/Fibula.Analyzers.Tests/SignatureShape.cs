using CsCheck;

namespace Fibula.Analyzers.Tests;

/// <summary>A method of some shape, and a call that drops its task, as source.</summary>
/// <param name="Kind">The kind of type it is in.</param>
/// <param name="Access">Who may call it.</param>
/// <param name="IsStatic">It is called on its type.</param>
/// <param name="Name">Its name.</param>
/// <param name="Result">A type; or T, the type parameter that stands for a task.</param>
/// <param name="Parameters">A parameter, and the argument for it, each.</param>
/// <param name="Outer">The type parameter of the type around its type; null for none around it.</param>
/// <param name="OfType">The type parameter of its type; null for none.</param>
/// <param name="Own">The type parameter of the method; null for none.</param>
/// <param name="Task">The type parameter that stands for a task.</param>
/// <param name="Attribute">What stands before it.</param>
internal sealed record SignatureShape(
    string Kind,
    string Access,
    bool IsStatic,
    string Name,
    string Result,
    (string Parameter, string Argument)[] Parameters,
    SignatureTypeParameter? Outer,
    SignatureTypeParameter? OfType,
    SignatureTypeParameter? Own,
    SignatureTypeParameter Task,
    string Attribute)
{
    private const string OuterName = "@class";
    private const string TypeName = "TValue";

    private static readonly (string Parameter, string Argument)[] Ordinary =
    [
        ("int @int", "1"), ("in int fibula_0", "1"), ("ref int fibula_this", "ref number"), ("out int fibula_result", "out _"), ("ref readonly int fibula_1", "ref number"),
        ("scoped System.Span<int> span", "default"), ("scoped ref int scope", "ref number"), ("string? text", "null"), ("dynamic any", "1"), ("(int A, string? B) pair", "(1, null)"),
        ("int* pointer", "null"), ("void** pointers", "null"), ("int*[] vectors", "null!"), ("delegate*<int, void> function", "null"), ("System.Collections.Generic.List<int>.Enumerator each", "default"),
        ($"{OuterName} outer", "default!"), ($"{TypeName} value", "default!"), ("TOwn own", "default!"), ("in TOwn same", "default!"), ("TOwn? maybe", "default"), ("System.Func<TOwn> make", "null!"),
        ("System.Func<TTask> start", "null!"), ($"System.Collections.Generic.List<{TypeName}[]>? lists", "null"),
    ];

    private static readonly (string Parameter, string Argument)[] Optional =
    [
        ("int five = 5", ""), ("string? line = \"a\\n\"", ""), ("System.DateTime day = default", ""), ("System.DayOfWeek of = System.DayOfWeek.Friday", ""), ("decimal price = 1.5m", ""),
        ("[System.Runtime.CompilerServices.CallerMemberName] string member = \"\"", ""), ("TOwn? later = default", ""), ("params int[] numbers", "1, 2"),
        ("params System.ReadOnlySpan<string> texts", "\"a\", \"b\""), ("params System.Collections.Generic.IEnumerable<object?> all", ""),
    ];

    /// <summary>All shapes.</summary>
    public static Gen<SignatureShape> Any { get; } =
        from kind in OneOf("class", "abstract class", "struct", "readonly struct", "ref struct", "record", "record struct", "interface", "static class")
        from access in OneOf("public", "internal", "private", "protected", "private protected", "protected internal")
        from isStatic in Gen.Bool
        from name in OneOf("SaveAsync", "@event", "await", "fibula_this", "Own")
        from result in OneOf("System.Threading.Tasks.Task", "System.Threading.Tasks.Task<int>", "System.Threading.Tasks.ValueTask", "System.Threading.Tasks.ValueTask<string?>", "System.Threading.Tasks.Task<TOwn>", "TTask", "TTask", "TTask")
        from parameters in OneOf(Ordinary).Array[0, 4]
        from last in OneOf(Optional).Array[0, 1]
        from outer in OneOf<SignatureTypeParameter?>([null, .. SignatureTypeParameter.All])
        from ofType in OneOf<SignatureTypeParameter?>([null, .. SignatureTypeParameter.All])
        from own in OneOf<SignatureTypeParameter?>([null, .. SignatureTypeParameter.All])
        from task in OneOf(SignatureTypeParameter.OfResults)
        from attribute in OneOf("", "", "[System.Obsolete(\"No.\", true)] ", "[System.Diagnostics.CodeAnalysis.Experimental(\"NEW\")] ")
        select new SignatureShape(kind, access, isStatic, name, result, [.. parameters.Concat(last).DistinctBy(pair => pair.Parameter)], outer, ofType, own, task, attribute).Possible();

    /// <summary>The types of the shape, under a name of their own.</summary>
    public string Source(string type)
    {
        string body = Kind == "interface" && !IsStatic && Access == "public" ? ";" : " => throw null!;";
        string modifiers = $"{Access} {(IsStatic ? "static " : "")}";
        string method = $"{Attribute}{modifiers}{Result} {Name}{List(TypeParameters)}({string.Join(", ", Parameters.Select(pair => pair.Parameter))}){Where(TypeParameters)}{body}";
        string call = $"{Name}{List(TypeArguments)}({string.Join(", ", Parameters.Select(pair => pair.Argument).Where(argument => argument.Length > 0))})";
        string @static = Kind == "static class" || IsStatic ? "static " : "";
        string inside = $$"""
            public unsafe {{Kind}} {{type}}{{(OfType is null ? "" : $"<{TypeName}>")}}{{OfType?.Where(TypeName)}}
            {
                {{method}}
                [System.Obsolete] public {{@static}}void Call() { int number = 0; {{call}}; _ = {{call}}; System.Action later = () => { int number = 0; {{(IsStatic || Kind.Contains("class", StringComparison.Ordinal) ? call : "number++")}}; }; }
            }
            """;
        return Outer is null ? inside : $"public class {type}Around<{OuterName}>{Outer.Where(OuterName)}\n{{\n{inside}\n}}";
    }

    private bool UsesTask => Result == "TTask" || Parameters.Any(pair => pair.Parameter.Contains("TTask", StringComparison.Ordinal));

    private IEnumerable<(string Name, SignatureTypeParameter Type)> TypeParameters =>
        new[] { ("TOwn", Own), ("TTask", UsesTask ? Task : null) }.Where(pair => pair.Item2 is not null).Select(pair => (pair.Item1, pair.Item2!));

    private IEnumerable<(string Name, SignatureTypeParameter Type)> TypeArguments => TypeParameters.Select(pair => (pair.Type.Argument, pair.Type));

    // Without what no compiler takes, Fibula or not.
    private SignatureShape Possible()
    {
        bool isStatic = IsStatic || Kind == "static class";
        string access = Kind is "struct" or "readonly struct" or "ref struct" or "record struct" && Access.Contains("protected", StringComparison.Ordinal) ? "private"
            : Kind == "static class" && Access.Contains("protected", StringComparison.Ordinal) ? "internal"
            : Access;
        string result = Result.Contains("TOwn", StringComparison.Ordinal) && (Own is null || Own.MayBeRefStruct) ? "System.Threading.Tasks.Task" : Result;
        return this with
        {
            IsStatic = isStatic,
            Access = access,
            Result = result,
            Parameters = [.. Parameters.Where(pair => IsPossible(pair.Parameter))],
        };
    }

    private bool IsPossible(string parameter)
    {
        foreach ((string name, SignatureTypeParameter? type) in new[] { (OuterName, Outer), (TypeName, OfType), ("TOwn", Own) })
        {
            bool isNamed = parameter.Contains($"{name} ", StringComparison.Ordinal) || parameter.Contains($"{name}?", StringComparison.Ordinal)
                || parameter.Contains($"{name}>", StringComparison.Ordinal) || parameter.Contains($"{name}[", StringComparison.Ordinal);
            bool needsMore = parameter.Contains("List<", StringComparison.Ordinal) || parameter.Contains('?', StringComparison.Ordinal);
            if (isNamed && (type is null || (needsMore && type.MayBeRefStruct)))
            {
                return false;
            }
        }

        return true;
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string List(IEnumerable<(string Name, SignatureTypeParameter)> types)
    {
        string list = string.Join(", ", types.Select(type => type.Name));
        return list.Length == 0 ? "" : $"<{list}>";
    }

    private static string Where(IEnumerable<(string Name, SignatureTypeParameter Type)> types) => string.Concat(types.Select(type => type.Type.Where(type.Name)));
}
