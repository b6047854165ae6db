using Fibula.Diagnostics;

namespace Fibula.Tests.Diagnostics;

public sealed class TaskTextTests
{
    [Theory]
    [InlineData(3, "a few seconds left")]
    [InlineData(38, "about 40 seconds left")]
    [InlineData(57, "about 1 minute left")]
    [InlineData(125, "about 2 minutes left")]
    [InlineData(3590, "about 1 hour left")]
    [InlineData(30 * 3600, "about 30 hours left")]
    [InlineData(3000 * 3600, "about 125 days left")]
    public void Remaining_IsToldAsRoughlyAsItIsKnown(int seconds, string expected) =>
        Assert.Equal(expected, TaskText.Remaining(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Progress_IsToldAsFarAsItIsKnown()
    {
        TaskProgress[] known =
        [
            TaskProgress.None,
            new() { Completed = 7 },
            new() { Fraction = 0.5 },
            new() { Fraction = 0.5, Remaining = TimeSpan.FromMinutes(2) },
            new() { Fraction = 1, Remaining = TimeSpan.Zero },
        ];

        Assert.Equal(["", "7", "50 %", "50 %, about 2 minutes left", "100 %"], known.Select(TaskText.Progress));
    }
}
