using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fibula.Analyzers.Tests;

/// <summary>An assembly with the members of Fibula that the suppressor looks at, and some that it must leave alone.</summary>
internal static class StubFibula
{
    private const string Source =
        """
        using System;
        using System.Runtime.CompilerServices;
        using System.Threading.Tasks;

        namespace Fibula;

        public sealed class BackgroundTask
        {
            public TaskAwaiter GetAwaiter() => default;
            public ConfiguredTaskAwaitable ConfigureAwait(bool continueOnCapturedContext) => default;
            public Task AsTask() => Task.CompletedTask;
        }

        public sealed class BackgroundTask<T>
        {
            public TaskAwaiter<T> GetAwaiter() => default;
        }

        public abstract class TaskStarter
        {
            public BackgroundTask Run(Func<Task> work) => new();
            public BackgroundTask<T> Run<T>(Func<Task<T>> work) => new();
            public BackgroundTask RunOnThreadPool(Action work) => new();
            public BackgroundTask<T> RunOnThreadPool<T>(Func<T> work) => new();
        }

        public sealed class TaskScope : TaskStarter
        {
            public BackgroundTask Own(Task task) => new();
            public BackgroundTask<T> Own<T>(Task<T> task) => new();
            public Task<T> StartAsync<T>(Func<Task<T>> work) => work();
            public Task CloseAsync() => Task.CompletedTask;
            public TaskScope CreateChild(string name) => new();
        }

        public class TaskContext : TaskStarter
        {
            public Task ShieldAsync(Func<Task> work) => work();
        }

        public sealed class TaskCommand
        {
            public BackgroundTask ExecuteAsync() => new();
            public Task CancelAsync() => Task.CompletedTask;
        }

        public sealed class TaskCommand<T>
        {
            public BackgroundTask ExecuteAsync(T parameter) => new();
        }

        public sealed class TaskGroup : TaskContext
        {
        }
        """;

    public static MetadataReference Reference { get; } = Emit();

    private static MetadataReference Emit()
    {
        var compilation = CSharpCompilation.Create(
            "Fibula",
            [CSharpSyntaxTree.ParseText(Source)],
            FrameworkReferences.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = new MemoryStream();
        Assert.True(compilation.Emit(assembly).Success);
        return MetadataReference.CreateFromImage(assembly.ToArray());
    }
}
