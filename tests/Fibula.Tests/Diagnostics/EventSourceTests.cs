using System.Diagnostics.Tracing;
using Fibula.Testing;
using Fibula.Tests.Faults;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Diagnostics;

public sealed class EventSourceTests
{
    private readonly TestLoop _loop = StartedLoop.Create();

    [Theory]
    [InlineData(false, "Succeeded")]
    [InlineData(true, "Canceled")]
    public void TaskEnded_TellsNameScopeAndState(bool cancel, string state)
    {
        string name = $"Import that is {state}";
        using var listener = new FibulaListener(name);
        var scope = new TaskScope(_loop, "window");

        BackgroundTask task = scope.Run(task => task.Delay(TimeSpan.FromSeconds(1)), new TaskOptions { Name = name });
        if (cancel)
        {
            task.Cancel();
        }

        _loop.RunUntilEnded(task);

        Assert.Equal([name, "window", state], Assert.Single(listener.Of("TaskEnded")));
        Assert.Empty(listener.Of("TaskFaulted"));
    }

    [Fact]
    public void ScopeClosed_HasTheReport()
    {
        using var listener = new FibulaListener("the closed window");
        var scope = new TaskScope(_loop, "the closed window");
        scope.Run(() => Task.CompletedTask);

        Task<CloseReport> close = scope.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal(["the closed window", close.Result.ToString()], Assert.Single(listener.Of("ScopeClosed")));
        Assert.Equal("1 task: 1 finished, 0 canceled, 0 survivors, 0 lost, 0 failed", close.Result.ToString());
    }

    [Fact]
    public void Source_HasTheNameTheIdAndTheManifestOfItsAttribute()
    {
        new TaskScope(_loop, "window").Run(static () => Task.CompletedTask);

        EventSource source = Assert.Single(EventSource.GetSources(), source => source.Name == "Fibula");

        Assert.Equal(EventSource.GetName(source.GetType()), source.Name);
        Assert.Equal(EventSource.GetGuid(source.GetType()), source.Guid);
        Assert.Equal(EventSourceSettings.EtwManifestEventFormat, source.Settings);
        Assert.Contains("TaskEnded", EventSource.GenerateManifest(source.GetType(), null));
    }
}
