namespace Fibula.Tests.Loops;

/// <summary>An event loop inside another loop's callback would stop that loop.</summary>
public sealed class NestedLoopTests
{
    private const string Refusal =
        "An EventLoop cannot run on the UI thread of 'outer', whose own loop would stand still until it ends. Await the work there, or run it on a thread of its own.";

    public static TheoryData<string> Places => ["a task", "a post", "Startup", "a frame"];

    [Theory]
    [MemberData(nameof(Places))]
    public void Run_InsideAnotherLoop_IsRefused(string place)
    {
        Exception? refusal = null;
        bool hasRun = false;
        void Nest() => refusal = Record.Exception(() => EventLoop.Run(_ =>
        {
            hasRun = true;
            return Task.CompletedTask;
        }));

        OnAThread(() =>
        {
            var loop = new ManualLoop();
            UiApp outer = loop.UseFibula(options =>
            {
                options.Name = "outer";
                options.OnStartup = place == "Startup" ? _ => Nest() : null;
            });
            loop.Pump();
            if (place == "a task")
            {
                outer.Tasks.Run(() =>
                {
                    Nest();
                    return Task.CompletedTask;
                });
            }
            else if (place == "a post")
            {
                outer.Post(Nest);
            }
            else if (place == "a frame")
            {
                Nest();
            }

            loop.Pump();
            loop.End();
        });

        Assert.Equal(Refusal, Assert.IsType<InvalidOperationException>(refusal).Message);
        Assert.False(hasRun);
    }

    [Fact]
    public void Run_InsideAnEventLoop_IsRefusedAndTheOuterGoesOn()
    {
        string? message = null;

        OnAThread(() => EventLoop.Run(task =>
        {
            message = Assert.Throws<InvalidOperationException>(() => EventLoop.Run(_ => Task.CompletedTask)).Message;
            return Task.CompletedTask;
        }));

        Assert.StartsWith("An EventLoop cannot run on the UI thread of '", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AfterAnotherLoopHasEnded_Runs()
    {
        int runs = 0;

        OnAThread(() =>
        {
            for (int run = 0; run < 2; run++)
            {
                EventLoop.Run(_ =>
                {
                    runs++;
                    return Task.CompletedTask;
                });
            }
        });

        Assert.Equal(2, runs);
    }

    [Fact]
    public void Run_OnAPoolThreadOfATask_Runs()
    {
        int result = 0;

        OnAThread(() => EventLoop.Run(async task =>
            result = await task.RunOnThreadPool(static () => EventLoop.Run(static _ => Task.FromResult(42)))));

        Assert.Equal(42, result);
    }

    private static void OnAThread(Action body)
    {
        Exception? error = null;
        var thread = new Thread(() => error = Record.Exception(body));
        thread.Start();
        thread.Join();
        Assert.Null(error);
    }
}
