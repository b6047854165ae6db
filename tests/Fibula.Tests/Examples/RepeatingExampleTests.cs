using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Examples;

/// <summary>The examples of work that runs again and again.</summary>
public sealed class RepeatingExampleTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly PriceWindow _window;

    public RepeatingExampleTests()
    {
        _window = new PriceWindow(new TaskScope(_loop, "Prices"));
    }

    [Fact]
    public void RunEvery_FiveMinutes_RunsTwelveTimesAnHourUntilTheWindowCloses()
    {
        _window.RefreshAgainAndAgain();

        _loop.Advance(TimeSpan.FromHours(1));
        _loop.RunUntilEnded(_window.Scope.CloseAsync());
        _loop.Advance(TimeSpan.FromHours(1));

        Assert.Equal(12, _window.Refreshed);
    }

    [Fact]
    public void RunWhileShown_OfAHiddenWindow_Stops()
    {
        _window.FollowWhileShown();
        _loop.RunUntilIdle();
        string? shown = _window.Price;

        _window.Scope.IsShown = false;
        _loop.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(("ACME", ""), (shown, _window.Price));
    }

    [Fact]
    public void RunWhileShown_WithAnotherKey_BeginsAnew()
    {
        _window.FollowTheSelection();
        _loop.RunUntilIdle();
        string? first = _window.Price;

        _window.Select("GLOBEX");
        _loop.RunUntilIdle();

        Assert.Equal(("ACME", "GLOBEX"), (first, _window.Price));
    }

    private sealed class PriceWindow(TaskScope scope) : Window(scope)
    {
        private readonly Label _price = new();
        private readonly TextBox _symbol = new() { Text = "ACME" };

        public int Refreshed { get; private set; }

        public string? Price => _price.Text;

        public void Select(string symbol) => _symbol.Text = symbol;

        public void RefreshAgainAndAgain()
        {
            // docs: every
            this.Tasks.RunEvery(TimeSpan.FromMinutes(5), RefreshAsync);     // until the window closes
            // docs: end
        }

        public void FollowWhileShown()
        {
            // docs: shown
            this.Tasks.RunWhileShown(FollowPriceAsync);     // asked to cancel while the window is hidden
            // docs: end
        }

        public void FollowTheSelection()
        {
            // docs: key
            var symbol = new ObservableValue<string>(_symbol.Text);
            this.Tasks.RunWhileShown(symbol, FollowPriceAsync);             // async Task FollowPriceAsync(string symbol, TaskContext task)
            _symbol.TextChanged += (_, _) => symbol.Value = _symbol.Text;   // cancels the run, and restarts it with the new symbol
            // docs: end
        }

        private Task RefreshAsync()
        {
            Refreshed++;
            return Task.CompletedTask;
        }

        private Task FollowPriceAsync(TaskContext task) => FollowPriceAsync("ACME", task);

        private async Task FollowPriceAsync(string symbol, TaskContext task)
        {
            try
            {
                _price.Text = symbol;
                await task.Delay(Timeout.InfiniteTimeSpan);
            }
            finally
            {
                _price.Text = "";
            }
        }
    }
}
