using static Fibula.BackgroundTaskState;

namespace Fibula.Tests.Commands;

/// <summary>The policies against what their words say, in many random orders of clicks, cancellations and ends.</summary>
public sealed class CommandPolicyTests : CommandTests
{
    private static readonly int Histories = Rounds.Of(200);
    private const int Steps = 40;

    public static TheoryData<CommandPolicy> Policies => new(Enum.GetValues<CommandPolicy>());

    public static TheoryData<CommandPolicy, bool> Cases => new(
        from policy in Enum.GetValues<CommandPolicy>()
        from overlaps in new[] { false, true }
        select (policy, overlaps));

    [Theory]
    [MemberData(nameof(Cases))]
    [Trait("Behaviour", "B60")]
    [Trait("Behaviour", "B61")]
    public void Command_InAnyOrderOfEvents_DoesWhatItsPolicySays(CommandPolicy policy, bool overlaps)
    {
        for (int seed = 0; seed < Histories; seed++)
        {
            var random = new Random(seed);
            var expected = new PolicyModel(policy, limit: random.Next(1, 4), overlaps);
            var actual = new Runs(_window, policy, expected.Limit, overlaps);
            for (int step = 0; step < Steps; step++)
            {
                int run = random.Next(expected.States.Count + 1);
                switch (random.Next(4))
                {
                    case 0 when run < expected.States.Count:
                        actual.End(run);
                        expected.End(run);
                        break;
                    case 1 when run < expected.States.Count:
                        actual.Handles[run].Cancel();
                        expected.Cancel(run);
                        break;
                    default:
                        bool canExecute = actual.Command.CanExecute();
                        actual.Handles.Add(actual.Command.ExecuteAsync());
                        Assert.Equal(canExecute, expected.Execute());
                        break;
                }

                _loop.RunUntilIdle();
                Assert.Equal(expected.States, actual.Handles.Select(static handle => handle.IsCompleted ? Succeeded : handle.State));
                Assert.Equal((expected.Started, expected.Waiting), (actual.Command.RunningCount, actual.Command.QueuedCount));
            }
        }
    }

    /// <summary>A real command whose runs end when the test says so, whether they were canceled or not.</summary>
    private sealed class Runs
    {
        private readonly Dictionary<BackgroundTask, TaskCompletionSource> _begun = [];

        public Runs(TaskScope window, CommandPolicy policy, int limit, bool overlaps)
        {
            Command = new TaskCommand(window, RunAsync) { Policy = policy, Limit = new TaskLimit(limit), Overlap = overlaps };
        }

        public TaskCommand Command { get; }

        public List<BackgroundTask> Handles { get; } = [];

        public void End(int run)
        {
            if (_begun.TryGetValue(Handles[run], out TaskCompletionSource? end))
            {
                end.TrySetResult();
            }
        }

        private Task RunAsync()
        {
            var end = new TaskCompletionSource();
            _begun.Add(Command.Last!, end);
            return end.Task;
        }
    }
}
