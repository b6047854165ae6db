using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Faults;

/// <summary>The sentences about an error, where its message is none, and where nobody knows the place.</summary>
public sealed class FaultTextTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private readonly List<TaskFault> _faults = [];

    public FaultTextTests()
    {
        _window = new TaskScope(_loop, "window");
        _window.Faulted += _faults.Add;
    }

    [Theory, Trait("Behaviour", "B45")]
    [InlineData("No disk", "No disk.")]
    [InlineData("No disk.", "No disk.")]
    [InlineData("No disk!", "No disk!")]
    [InlineData("Which disk?", "Which disk?")]
    [InlineData("No disk…", "No disk…")]
    [InlineData("No disk (Parameter 'disk')", "No disk (Parameter 'disk').")]
    [InlineData("磁盘已满。", "磁盘已满。")]
    [InlineData("No disk ", "No disk.")]
    [InlineData("", "An error of type System.IO.IOException without a text.")]
    public void Message_WithAndWithoutAFullStop_IsASentence(string message, string sentence)
    {
        BackgroundTask task = Fail(message, file: "Main.cs");

        TaskFault fault = Assert.Single(_faults);
        Assert.Equal($"Task 'Import' failed: {sentence}", fault.Message);
        Assert.Equal(sentence, fault.ErrorMessage);
        Assert.StartsWith($"Task 'Import' failed: {sentence} Started at Main.cs:7.{Environment.NewLine}", fault.ToString(), StringComparison.Ordinal);
        Assert.EndsWith($" with IOException: {sentence}", task.Explain(), StringComparison.Ordinal);
    }

    [Theory, Trait("Behaviour", "B45")]
    [InlineData(null)]
    [InlineData("")]
    public void ToString_ThePlaceIsNotKnown_SaysNothingOfIt(string? file)
    {
        Fail("No disk", file);

        Assert.StartsWith($"Task 'Import' failed: No disk.{Environment.NewLine}System.IO.IOException: No disk", Assert.Single(_faults).ToString(), StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "B45")]
    public void Message_OfACallback_IsASentence()
    {
        _loop.UseFibula(options => options.OnFault = fault =>
        {
            _faults.Add(fault);
            fault.Handled = true;
        });
        _loop.Post(static () => throw new IOException("No disk"));
        _loop.RunUntilIdle();

        Assert.EndsWith(" failed: No disk.", Assert.Single(_faults).Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "B45")]
    public void Explain_OfACanceledTaskWhoseReasonIsNoSentence_IsOne()
    {
        BackgroundTask task = _window.Run(task => task.Delay(TimeSpan.FromHours(1)));
        task.Cancel("Enough");
        _loop.RunUntilEnded(task);

        Assert.EndsWith(": Enough.", task.Explain(), StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "B45")]
    public void Explain_OfATaskThatHasFailedAndWaitsForAChild_IsASentence()
    {
        BackgroundTask task = _window.Run(async task =>
        {
            _ = task.Run(child => child.ShieldAsync(inner => inner.Delay(TimeSpan.FromHours(1))).AsTask());
            await Task.Yield();
            throw new IOException("No disk");
        });
        _loop.RunUntilIdle();

        Assert.EndsWith("; it has failed with IOException: No disk.", task.Explain(), StringComparison.Ordinal);
    }

    private BackgroundTask Fail(string message, string? file)
    {
        BackgroundTask task = _window.Run(() => throw new IOException(message), new TaskOptions { Name = "Import" }, file: file, line: 7);
        _loop.RunUntilIdle();
        return task;
    }
}
