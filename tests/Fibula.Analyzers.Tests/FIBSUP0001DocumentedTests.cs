using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Fibula.Analyzers.Tests;

/// <summary>The code of docs/rules/FIBSUP0001.md does what the page says of it.</summary>
public sealed class FIBSUP0001DocumentedTests
{
    [Fact]
    public async Task Cs4014_OnTheDocumentedOwnedCall_IsSuppressed()
    {
        var code = new CompiledCode(WindowSource.With(
            """
            // docs: owned
            async Task OpenAsync(string file)
            {
                await ShowAsync(file);
                this.Tasks.Run(LoadAsync);               // no warning: the window's scope owns the task
            }
            // docs: end
            """));

        Diagnostic found = Assert.Single(await code.FindCs4014Async());

        Assert.True(found.IsSuppressed);
    }

    [Fact]
    public async Task Cs4014_OnTheDocumentedOtherCalls_IsReportedOnEach()
    {
        var code = new CompiledCode(WindowSource.With(
            """
            // docs: not-owned
            LoadAsync();                                 // CS4014: nobody owns this task
            this.Tasks.StartAsync(CountAsync);           // CS4014: its result is what the call is for
            this.Tasks.CloseAsync();                     // CS4014: nobody waits for the close
            this.Tasks.Run(LoadAsync).AsTask();          // CS4014: the discarded call is AsTask
            Log(this.Tasks.Run(LoadAsync));              // CS4014: the discarded call is Log, which returns a task too
            // docs: end
            """));

        ImmutableArray<Diagnostic> found = await code.FindCs4014Async();

        Assert.Equal([false, false, false, false, false], found.Select(diagnostic => diagnostic.IsSuppressed));
    }
}
