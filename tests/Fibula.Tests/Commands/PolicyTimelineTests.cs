using Fibula.Testing;
using Fibula.Tests.Loops;
using Fibula.Tests.Repository;

namespace Fibula.Tests.Commands;

/// <summary>The drawings of the guide's page on policies: each is what a run of that policy did.</summary>
public sealed class PolicyTimelineTests
{
    private static readonly TimeSpan[] Clicks = [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(6)];

    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;

    public PolicyTimelineTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    [Theory]
    [MemberData(nameof(CommandPolicyTests.Policies), MemberType = typeof(CommandPolicyTests))]
    [Trait("Behaviour", "B60")]
    public void Drawing_IsWhatTheRunsDid(CommandPolicy policy)
    {
        string path = SourceTree.PathOf($"docs/guide/policies/{policy.ToString().ToLowerInvariant()}.svg");
        string drawing = Timeline.Draw(Play(policy));
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, drawing);
        }

        Assert.Equal(File.ReadAllText(path), drawing);
    }

    // Four clicks; a run takes two seconds, and half a second to stop.
    private List<TimelineRow> Play(CommandPolicy policy)
    {
        var rows = new List<TimelineRow>();
        var command = new TaskCommand(_window, WorkAsync) { Policy = policy };
        TimeSpan began = Now;
        foreach (TimeSpan click in Clicks)
        {
            _loop.Advance(click - (Now - began));
            var row = new TimelineRow(click);
            rows.Add(row);
            _window.TaskStarted += Follow;
            row.End(command.ExecuteAsync(), click);
            _window.TaskStarted -= Follow;

            void Follow(BackgroundTask task) => task.StateChanged += (_, state) => row.Note(state, Now - began);
        }

        _loop.Advance(TimeSpan.FromSeconds(12));
        return rows;
    }

    private TimeSpan Now => _loop.TimeProvider.GetElapsedTime(0);

    private static async Task WorkAsync(TaskContext task)
    {
        try
        {
            await task.Delay(TimeSpan.FromSeconds(2));
        }
        catch (OperationCanceledException)
        {
            await task.ShieldAsync(inner => inner.Delay(TimeSpan.FromSeconds(0.5)));
            throw;
        }
    }
}
