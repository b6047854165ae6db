namespace Fibula.TestPrograms;

/// <summary>Programs whose own work has every thread of the pool until their app has left.</summary>
internal static class WithoutThePool
{
    /// <summary>Takes every thread of the pool.</summary>
    /// <param name="released">Gives them back.</param>
    public static void Exhaust(ManualResetEventSlim released)
    {
        ThreadPool.GetMaxThreads(out _, out int ports);
        ThreadPool.SetMinThreads(1, 1);
        ThreadPool.SetMaxThreads(Environment.ProcessorCount, ports);
        using var blocked = new CountdownEvent(Environment.ProcessorCount);
        for (int worker = 0; worker < Environment.ProcessorCount; worker++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    blocked.Signal();
                    released.Wait();
                },
                null);
        }

        blocked.Wait();
    }

    public static void Run(string way)
    {
        var released = new ManualResetEventSlim();
        Exhaust(released);
        RunApp(way);

        // Only now does a thread get free.
        Console.Out.WriteLine("left");
        released.Set();
    }

    private static void RunApp(string way)
    {
        switch (way)
        {
            case "main":
                EventLoop.Run(async _ => await Task.Yield());
                break;
            case "main with a result":
                Console.Out.WriteLine(EventLoop.Run(ResultAsync));
                break;
            case "main that fails":
                try
                {
                    EventLoop.Run(FailAsync);
                }
                catch (InvalidOperationException error)
                {
                    Console.Out.WriteLine(error.Message);
                }

                break;
            default:
                new PatientApp(way).Run(new EventLoop());
                break;
        }
    }

    private static async Task<string> ResultAsync(TaskContext task)
    {
        await Task.Yield();
        return "result";
    }

    private static async Task FailAsync(TaskContext task)
    {
        await Task.Yield();
        throw new InvalidOperationException("No disk.");
    }
}
