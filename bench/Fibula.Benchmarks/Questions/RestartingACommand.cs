using CommunityToolkit.Mvvm.Input;

namespace Fibula.Benchmarks;

/// <summary>What does a second click cost that cancels the run before it, waits for its end and starts a new one?</summary>
internal static class RestartingACommand
{
    private const int Operations = 2_000;

    public static IEnumerable<Comparison> Comparisons()
    {
        var ours = new Contestant("TaskCommand, Restart", () => OneLoop.Measure(Operations, new Clicks().OursAsync));
        var byHand = new Contestant("AsyncRelayCommand", () => OneLoop.Measure(Operations, _ => new Clicks().ByHandAsync()));
        yield return new Comparison("a second click while the first run goes on", ours, byHand, Goal.Times(3));
    }

    private sealed class Clicks
    {
        private TaskCompletionSource _started = new();

        public async Task OursAsync(TaskScope scope)
        {
            var command = new TaskCommand(scope, WorkAsync) { Policy = CommandPolicy.Restart };
            var last = command.ExecuteAsync();
            await _started.Task;
            for (int i = 0; i < Operations; i++)
            {
                _started = new TaskCompletionSource();
                last = command.ExecuteAsync();
                await _started.Task;
                Expect(i + 1);
            }

            last.Cancel();
            await last.AsTask().ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            Expect(Operations + 1);
            Done.Expect(Operations + 1);
            RawPage.Count(Operations);
        }

        public async Task ByHandAsync()
        {
            var command = new AsyncRelayCommand(WorkAsync);
            var last = command.ExecuteAsync(null);
            await _started.Task;
            for (int i = 0; i < Operations; i++)
            {
                _started = new TaskCompletionSource();
                command.Cancel();
                await last.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
                last = command.ExecuteAsync(null);
                await _started.Task;
                Expect(i + 1);
            }

            command.Cancel();
            await last;
            Done.Expect(Operations + 1);
            RawPage.Count(Operations);
        }

        private static void Expect(int ended)
        {
            if (Done.Count != ended)
            {
                throw new InvalidOperationException($"{Done.Count} runs have ended instead of {ended}: two went on at the same time.");
            }
        }

        private async Task WorkAsync(CancellationToken cancellationToken)
        {
            _started.SetResult();
            await Work.PendAsync(cancellationToken);
        }
    }
}
