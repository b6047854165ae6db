using System.Reflection;

namespace Fibula.StressTests.Fuzz;

/// <summary>Calls of methods that take a span, which reflection cannot pass: an array stands for it.</summary>
internal static class SpanCalls
{
    public static bool TryInvoke(MethodBase method, object? target, object?[] arguments, out object? result)
    {
        result = (method.Name, target) switch
        {
            (nameof(TaskContext.SplitProgress), TaskContext task) => task.SplitProgress((double[])arguments[0]!),
            (nameof(ProgressStep.Split), ProgressStep step) => step.Split((double[])arguments[0]!),
            _ => null,
        };
        return result is not null;
    }
}
