namespace Fibula.Analyzers.Tests;

/// <summary>A type parameter of a signature, and what stands for it in the call.</summary>
internal sealed record SignatureTypeParameter(string Constraint, string Argument)
{
    /// <summary>Each kind of constraint there is.</summary>
    public static SignatureTypeParameter[] All { get; } =
    [
        new("", "string"),
        new("", "int?"),
        new("", "(int A, string? B)"),
        new("class", "string"),
        new("class?", "string?"),
        new("notnull", "int"),
        new("struct", "int"),
        new("unmanaged", "int"),
        new("new()", "object"),
        new("System.IDisposable", "System.IO.Stream"),
        new("System.IDisposable?", "System.IO.Stream"),
        new("class, System.IDisposable, new()", "System.IO.MemoryStream"),
        new("System.IO.Stream?", "System.IO.FileStream"),
        new("struct, System.Enum", "System.DayOfWeek"),
        new("System.Delegate", "System.Action"),
        new("System.Collections.Generic.IEnumerable<string?>", "string[]"),
        new("allows ref struct", "System.Span<int>"),
        new("notnull, allows ref struct", "System.Span<int>"),
    ];

    /// <summary>Those of a method's result, with a task for each.</summary>
    public static SignatureTypeParameter[] OfResults { get; } =
    [
        new("", "System.Threading.Tasks.Task"),
        new("", "System.Threading.Tasks.Task?"),
        new("", "System.Threading.Tasks.Task<int>"),
        new("", "System.Threading.Tasks.Task<(int A, dynamic? B)>"),
        new("", "System.Threading.Tasks.ValueTask"),
        new("", "System.Threading.Tasks.ValueTask<string?>"),
        new("class", "System.Threading.Tasks.Task<int[]>"),
        new("notnull", "System.Threading.Tasks.Task"),
        new("struct", "System.Threading.Tasks.ValueTask"),
        new("System.Threading.Tasks.Task", "System.Threading.Tasks.Task"),
        new("allows ref struct", "System.Threading.Tasks.Task"),
    ];

    public bool MayBeRefStruct => Constraint.Contains("ref struct", StringComparison.Ordinal);

    public string Where(string name) => Constraint.Length == 0 ? "" : $" where {name} : {Constraint}";
}
