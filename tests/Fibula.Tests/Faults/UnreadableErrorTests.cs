using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Faults;

/// <summary>Errors whose texts are code that fails, or that would harm whoever prints them.</summary>
public sealed class UnreadableErrorTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _scope;

    public UnreadableErrorTests()
    {
        _scope = new TaskScope(_loop, "app");
    }

    public static TheoryData<string> Places => ["alone", "a child of a group", "in a token callback", "in a subscriber", "in a posted callback", "in Startup's hook"];

    [Theory, Trait("Behaviour", "B91")]
    [MemberData(nameof(Places))]
    public void Error_WhoseMessageThrows_IsAFaultThatSaysSo(string place)
    {
        int others = 0;
        _scope.Faulted += _ => others++;

        string[] lines = StandardError.Of(() =>
        {
            Fail(place);
            _loop.RunUntilIdle();
        });

        string said = string.Join('\n', [.. lines, .. _loop.UnhandledFaults.Select(fault => fault.ToString())]);
        Assert.Contains("whose text cannot be read: reading it throws System.NotSupportedException.", said, StringComparison.Ordinal);
        Assert.True(others > 0 || place is "in a subscriber" or "in a posted callback" or "in Startup's hook");
    }

    [Fact, Trait("Behaviour", "B48")]
    public void Subscriber_ThatThrowsAnythingAtAll_LeavesTheOthersAlone()
    {
        List<string> seen = [];
        Exception[] errors = [new InvalidOperationException(), new OperationCanceledException(), new IOException(), new Unreadable(), new StackOverflowLike()];
        foreach (Exception thrown in errors)
        {
            _scope.TaskStarted += _ => throw thrown;
        }

        _scope.TaskStarted += task => seen.Add(task.Name);
        string[] lines = StandardError.Of(() =>
        {
            BackgroundTask task = _scope.Run(task => task.Delay(TimeSpan.FromSeconds(1)), new TaskOptions { Name = "Load" });
            foreach (Exception thrown in errors)
            {
                task.StateChanged += (_, _) => throw thrown;
                task.PropertyChanged += (_, _) => throw thrown;
            }

            task.StateChanged += (_, state) => seen.Add($"{state}");
            _loop.RunUntilEnded(task);
            _loop.RunUntilIdle();
        });

        Assert.InRange(lines.Length, 3 * errors.Length, int.MaxValue);
        Assert.Equal(["Load", "Succeeded"], seen);
    }

    [Fact]
    public void Texts_WithControlCharacters_AreEscapedWhereverTheyArePrinted()
    {
        const string Evil = "a\u001B[2J\u0007\u009B\u202Eb\r\nFAKE\u2028c";
        const string Safe = "a\\u001B[2J\\u0007\\u009B\\u202Eb\\r\\nFAKE\\u2028c";
        TaskScope window = _scope.CreateChild(Evil);
        BackgroundTask failed = window.Run(() => throw new IOException(Evil), new TaskOptions { Name = Evil });
        BackgroundTask stopped = window.Run(task => task.Delay(TimeSpan.FromHours(1)), new TaskOptions { Name = Evil });
        string running = stopped.Explain();
        stopped.Cancel(Evil);
        window.TaskStarted += _ => throw new IOException(Evil);
        string[] written = StandardError.Of(() => window.Run(_ => new TaskCompletionSource().Task, new TaskOptions { Name = Evil }));
        _loop.RunUntilEnded(stopped);
        _loop.RunUntilIdle();
        Task<CloseReport> close = window.CloseAsync(Evil, member: Evil);
        _loop.RunUntilEnded(close);

        TaskFault fault = Assert.Single(_loop.UnhandledFaults);
        string[] lines =
        [
            fault.Message, failed.Explain(), running, stopped.Explain(), stopped.ToString(), stopped.CancelReason!.ToString(), close.Result.Reason.ToString(),
            close.Result.Survivors[0].ToString(), TaskText.Line(stopped), TaskText.Subject(Row(Evil)), Assert.Single(written),
        ];
        Assert.All(lines, line => Assert.Contains(Safe, line, StringComparison.Ordinal));
        Assert.All([.. lines, close.Result.ToString()], line => Assert.DoesNotContain(line, c => char.IsControl(c) || c is '\u202E' or '\u2028'));
        Assert.DoesNotContain(fault.ToString().Split(Environment.NewLine), line => line.StartsWith("FAKE", StringComparison.Ordinal));
    }

    [Fact]
    public void Handled_OnceSet_StaysSet()
    {
        _scope.Faulted += fault => fault.Handled = true;
        _scope.Faulted += fault => fault.Handled = false;

        _scope.Run(() => throw new IOException("No disk."));
        _loop.RunUntilIdle();

        Assert.Empty(_loop.UnhandledFaults);
    }

    private TaskSnapshot Row(string name)
    {
        _scope.Run(task => task.Delay(TimeSpan.FromHours(1)), new TaskOptions { Name = name });
        return _scope.Snapshot().Tasks[0];
    }

    private void Fail(string place)
    {
        switch (place)
        {
            case "alone":
                _scope.Run(() => throw new Unreadable());
                break;
            case "a child of a group":
                _scope.Run(task => task.RunGroupAsync(group =>
                {
                    group.Run(() => throw new Unreadable());
                    return Task.CompletedTask;
                }).AsTask());
                break;
            case "in a token callback":
                BackgroundTask task = _scope.Run(task =>
                {
                    task.CancellationToken.Register(() => throw new Unreadable());
                    return task.Delay(TimeSpan.FromHours(1));
                });
                task.Cancel();
                break;
            case "in a subscriber":
                _scope.TaskStarted += _ => throw new Unreadable();
                _scope.Run(() => Task.CompletedTask);
                break;
            case "in a posted callback":
                _loop.Post(() => throw new Unreadable());
                break;
            default:
                FailStartup();
                break;
        }
    }

    // By hand: the helpers of the test framework read the message.
    private static void FailStartup()
    {
        var app = new ScriptedStartup();
        try
        {
            app.Run(new EventLoop());
            Assert.Fail("Startup did not fail.");
        }
        catch (Unreadable)
        {
            Console.Error.WriteLine(app.CloseReport!.Reason.Message);
        }
    }

    private sealed class ScriptedStartup : UiApp
    {
        protected override void Startup() => throw new Unreadable();
    }

    private sealed class Unreadable : Exception
    {
        public override string Message => throw new NotSupportedException();

        public override string ToString() => throw new NotSupportedException();
    }

    private sealed class StackOverflowLike : Exception
    {
        public override string Message => null!;
    }
}
