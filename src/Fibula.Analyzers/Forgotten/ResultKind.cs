namespace Fibula.Analyzers;

/// <summary>What an intercepted call gives.</summary>
internal enum ResultKind
{
    /// <summary>A <c>Task</c> or <c>Task&lt;T&gt;</c>.</summary>
    Task,

    /// <summary>A <c>ValueTask</c> or <c>ValueTask&lt;T&gt;</c>, which may be looked at once.</summary>
    ValueTask,

    /// <summary>A type parameter that stands for a <c>Task</c> or <c>Task&lt;T&gt;</c>.</summary>
    TaskAsParameter,

    /// <summary>A type parameter that stands for a <c>ValueTask</c>.</summary>
    ValueTaskAsParameter,
}
