using Microsoft.CodeAnalysis;

namespace Fibula.Analyzers.Tests;

/// <summary>The real Fibula has the members that the suppressor knows by name.</summary>
public sealed class FIBSUP0001WithFibulaTests
{
    [Theory]
    [InlineData("scope.Run(LoadAsync);")]
    [InlineData("scope.Run(CountAsync);")]
    [InlineData("scope.Run(async context => await context.Delay(TimeSpan.Zero));")]
    [InlineData("scope.RunOnThreadPool(() => { });")]
    [InlineData("scope.RunOnThreadPool(() => 1);")]
    [InlineData("scope.Own(LoadAsync());")]
    [InlineData("scope.Own(CountAsync());")]
    [InlineData("new TaskCommand(scope, LoadAsync).ExecuteAsync();")]
    [InlineData("new TaskCommand<int>(scope, (_, _) => LoadAsync()).ExecuteAsync(1);")]
    [InlineData("context.Run(LoadAsync);")]
    [InlineData("context.Run(CountAsync);")]
    [InlineData("context.RunOnThreadPool(() => { });")]
    public async Task Cs4014_OnAnOwningCall_IsSuppressed(string statement)
    {
        Diagnostic found = Assert.Single(await WithFibula(statement).FindCs4014Async());

        Assert.True(found.IsSuppressed);
    }

    [Theory]
    [InlineData("scope.CloseAsync();")]
    [InlineData("scope.Run(LoadAsync).AsTask();")]
    [InlineData("context.Delay(TimeSpan.Zero);")]
    [InlineData("CountAsync();")]
    public async Task Cs4014_OnAnotherMethod_IsReported(string statement)
    {
        Diagnostic found = Assert.Single(await WithFibula(statement).FindCs4014Async());

        Assert.False(found.IsSuppressed);
    }

    private static CompiledCode WithFibula(string statement)
    {
        string code =
            $$"""
            using System;
            using System.Threading.Tasks;
            using Fibula;

            public static class Window
            {
                public static async Task ClickAsync(TaskScope scope, TaskContext context)
                {
                    await LoadAsync();
                    {{statement}}
                }

                private static Task LoadAsync() => Task.CompletedTask;
                private static Task<int> CountAsync() => Task.FromResult(1);
            }
            """;
        return new CompiledCode(code) { Fibula = MetadataReference.CreateFromFile(typeof(TaskScope).Assembly.Location) };
    }
}
