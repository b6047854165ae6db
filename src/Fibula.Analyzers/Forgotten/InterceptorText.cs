namespace Fibula.Analyzers;

/// <summary>The parts of an interceptor's text.</summary>
internal sealed record InterceptorText
{
    /// <summary>What the trimmer is told of the method, each with a space after it.</summary>
    public string Attributes { get; init; } = "";

    /// <summary>For example <c>public static</c>; with <c>unsafe</c> where a pointer is in the signature.</summary>
    public string Modifiers { get; init; } = "";

    /// <summary>For example <c>global::System.Threading.Tasks.Task</c>.</summary>
    public string ReturnType { get; init; } = "";

    /// <summary>For example <c>&lt;T0&gt;</c>; empty for none.</summary>
    public string TypeParameters { get; init; } = "";

    /// <summary>For example <c>this global::MainWindow fibula_this, int fibula_0</c>.</summary>
    public string Parameters { get; init; } = "";

    /// <summary>For example <c> where T0 : class</c>.</summary>
    public string Constraints { get; init; } = "";

    /// <summary>The call itself, for example <c>fibula_this.LoadAsync(fibula_0)</c>; of a method that is not accessible, that of the accessor.</summary>
    public string Call { get; init; } = "";

    /// <summary>The object the task may belong to: <c>fibula_this</c>, or <c>null</c>.</summary>
    public string Receiver { get; init; } = "";

    /// <summary>The arguments that name the call to people.</summary>
    public string Site { get; init; } = "";

    /// <summary>The class that reaches a method which is not accessible; empty for one that is. <c>{0}</c> stands for its number.</summary>
    public string Accessor { get; init; } = "";

    /// <summary>How the result becomes a task.</summary>
    public ResultKind Result { get; init; }
}
