namespace Fibula.Analyzers.Tests;

/// <summary>Work of a task, as source, with the statements of a test.</summary>
internal static class WorkCode
{
    /// <summary>In a method that takes the context.</summary>
    public static string With(string statements) => WindowCode.WithMembers($"private async Task ImportAsync(TaskContext task) {{ {statements} await task.SwitchToUiAsync(); }}");

    /// <summary>In a method that takes none.</summary>
    public static string Outside(string statements) => WindowCode.WithMembers($"private async Task ImportAsync() {{ {statements} await Task.Yield(); }}");
}
