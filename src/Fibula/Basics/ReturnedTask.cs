namespace Fibula;

/// <summary>Checks that functions of the program return a task.</summary>
internal static class ReturnedTask
{
    /// <summary>The error of one that returned null.</summary>
    /// <param name="what">The function, as the beginning of a sentence: "The work of task".</param>
    /// <param name="name">The name of the task or scope.</param>
    public static InvalidOperationException IsNull(string what, string name) =>
        new($"{what} '{name}' returned null instead of a task. Return Task.CompletedTask where there is nothing to await.");
}
