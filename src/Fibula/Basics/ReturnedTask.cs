namespace Fibula;

/// <summary>What the program's own functions return where they have to return a task.</summary>
internal static class ReturnedTask
{
    /// <summary>The error of one that returned null.</summary>
    /// <param name="what">What the function is, as the beginning of a sentence: "The work of task".</param>
    /// <param name="name">Whose it is.</param>
    public static InvalidOperationException IsNull(string what, string name) =>
        new($"{what} '{name}' returned null instead of a task. Return Task.CompletedTask where there is nothing to await.");
}
