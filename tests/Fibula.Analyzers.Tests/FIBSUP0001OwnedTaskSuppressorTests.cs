using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Fibula.Analyzers.Tests;

public sealed class FIBSUP0001OwnedTaskSuppressorTests
{
    [Theory]
    [InlineData("_scope.Run(LoadAsync);")]
    [InlineData("_scope.Run(CountAsync);")]
    [InlineData("_scope.Run<int>(() => CountAsync());")]
    [InlineData("_scope.Run(work: async () => await LoadAsync());")]
    [InlineData("_scope.RunOnThreadPool(() => { });")]
    [InlineData("_scope.RunOnThreadPool(() => 1);")]
    [InlineData("_scope.Own(LoadAsync());")]
    [InlineData("_scope.Own(CountAsync());")]
    [InlineData("_group.Run(LoadAsync);")]
    [InlineData("_context.Run(LoadAsync);")]
    [InlineData("_context.Run(CountAsync);")]
    [InlineData("_context.RunOnThreadPool(() => { });")]
    [InlineData("_load.ExecuteAsync();")]
    [InlineData("_show.ExecuteAsync(\"a\");")]
    [InlineData("this.Tasks.Run(LoadAsync);")]
    [InlineData("Scope.CreateChild(\"Import\").Run(LoadAsync);")]
    [InlineData("(_scopeOrNull ?? _scope).Run(LoadAsync);")]
    [InlineData("(await FindScopeAsync()).Run(LoadAsync);")]
    [InlineData("_scopeOrNull!.Run(LoadAsync);")]
    public async Task Cs4014_OnAnOwningCall_IsSuppressed(string statement)
    {
        Diagnostic found = Assert.Single(await new CompiledCode(WindowSource.With(statement)).FindCs4014Async());

        Assert.True(found.IsSuppressed);
    }

    [Theory]
    [InlineData("if (_scopeOrNull is null) _scope.Run(LoadAsync);")]
    [InlineData("for (_scope.Run(LoadAsync); ;) break;")]
    [InlineData("Action click = async () => { await LoadAsync(); _scope.Run(LoadAsync); };")]
    [InlineData("Func<Task> click = async () => _scope.Run(LoadAsync);")]
    [InlineData("async Task Click() => _scope.Run(LoadAsync);")]
    [InlineData("await _scope.Run(async () => { await LoadAsync(); _scope.Run(LoadAsync); });")]
    public async Task Cs4014_InAnyPlaceForAStatement_IsSuppressed(string statement)
    {
        Diagnostic found = Assert.Single(await new CompiledCode(WindowSource.With(statement)).FindCs4014Async());

        Assert.True(found.IsSuppressed);
    }

    [Theory]
    [InlineData("LoadAsync();")]
    [InlineData("Task.Run(LoadAsync);")]
    [InlineData("Run(LoadAsync);")]
    [InlineData("_scope.Run(LoadAsync, times: 2);")]
    [InlineData("_scope.StartAsync(CountAsync);")]
    [InlineData("_scope.CloseAsync();")]
    [InlineData("_context.ShieldAsync(LoadAsync);")]
    [InlineData("_load.CancelAsync();")]
    [InlineData("new Other.TaskScope().Run(LoadAsync);")]
    [InlineData("new Other.TaskScope().Own(LoadAsync());")]
    [InlineData("new Registry.TaskScope().Run(LoadAsync);")]
    public async Task Cs4014_OnAnotherMethod_IsReported(string statement)
    {
        Diagnostic found = Assert.Single(await new CompiledCode(WindowSource.With(statement)).FindCs4014Async());

        Assert.False(found.IsSuppressed);
    }

    [Theory]
    [InlineData("Log(_scope.Run(LoadAsync));")]
    [InlineData("Task.WhenAll(_scope.Run(LoadAsync).AsTask());")]
    [InlineData("_scope.Run(LoadAsync).AsTask();")]
    [InlineData("_scope.Run(LoadAsync).ConfigureAwait(false);")]
    [InlineData("Func<Func<Task>, BackgroundTask> start = _scope.Run; start(LoadAsync);")]
    [InlineData("await _scope.Run(async () => { await LoadAsync(); CountAsync(); });")]
    public async Task Cs4014_OnACallAroundAnOwningCall_IsReported(string statement)
    {
        Diagnostic found = Assert.Single(await new CompiledCode(WindowSource.With(statement)).FindCs4014Async());

        Assert.False(found.IsSuppressed);
    }

    [Fact]
    public async Task Cs4014_BesideAnOwningCall_IsReported()
    {
        var code = new CompiledCode(WindowSource.With("_scope.Run(LoadAsync); LoadAsync();"));

        ImmutableArray<Diagnostic> found = await code.FindCs4014Async();

        Assert.Equal([true, false], found.Select(diagnostic => diagnostic.IsSuppressed));
    }

    // The compiler itself has nothing to say here. Should it begin to, the suppressor must learn this form.
    [Theory]
    [InlineData("_scopeOrNull?.Run(LoadAsync);")]
    [InlineData("_ = _scope.Run(LoadAsync);")]
    [InlineData("var load = _scope.Run(LoadAsync);")]
    public async Task Cs4014_OnAFormTheCompilerAccepts_IsAbsent(string statement)
    {
        ImmutableArray<Diagnostic> found = await new CompiledCode(WindowSource.With(statement)).FindCs4014Async();

        Assert.Empty(found);
    }

    [Fact]
    public async Task Cs4014_AsAnError_IsSuppressed()
    {
        var code = new CompiledCode(WindowSource.With("_scope.Run(LoadAsync);"))
        {
            Severities = new() { ["CS4014"] = ReportDiagnostic.Error },
        };

        Diagnostic found = Assert.Single(await code.FindCs4014Async());

        Assert.True(found.IsSuppressed);
    }

    [Fact]
    public async Task Cs4014_WithTheSuppressorTurnedOff_IsReported()
    {
        var code = new CompiledCode(WindowSource.With("_scope.Run(LoadAsync);"))
        {
            Severities = new() { ["FIBSUP0001"] = ReportDiagnostic.Suppress },
        };

        Diagnostic found = Assert.Single(await code.FindCs4014Async());

        Assert.False(found.IsSuppressed);
    }

    [Fact]
    public async Task Cs4014_WithoutFibula_IsReported()
    {
        var code = new CompiledCode("public class Clock { public async System.Threading.Tasks.Task Wait() => System.Threading.Tasks.Task.Delay(1); }")
        {
            Fibula = null,
        };

        Diagnostic found = Assert.Single(await code.FindCs4014Async());

        Assert.False(found.IsSuppressed);
    }
}
