using System.Runtime.InteropServices;

namespace Fibula.TestPrograms;

/// <summary>Programs whose <c>Main</c> returns a code of its own after a signal.</summary>
internal static class ExitCodes
{
    public static int Run(string scenario)
    {
        switch (scenario)
        {
            case "0":
            case "5":
                RunApp();
                return int.Parse(scenario);
            case "exit":
                RunApp();
                Environment.Exit(0);
                return 0;
            case "saves after the loop":
                RunApp();
                new ManualResetEventSlim().Wait(TimeSpan.FromSeconds(3));
                Console.Out.WriteLine("saved");
                return 0;
            case "another thread":
                return RunOnAnotherThread(handleSignals: null);
            case "another thread that handles signals":
                return RunOnAnotherThread(handleSignals: true);
            case "main thread that does not":
                using (TakeSignals(() => Environment.Exit(7)))
                {
                    return new SignalApp("patient") { HandleSignals = false }.Run(new EventLoop());
                }

            case "exhausted pool":
                return RunWithoutThePool();
            default:
                throw new ArgumentException($"There is no scenario '{scenario}' among the exit codes.");
        }
    }

    private static void RunApp() => new SignalApp("agrees") { ForcedExitLimit = TimeSpan.FromSeconds(2) }.Run(new EventLoop());

    // The process is the program's own: it takes the signals, and ends the app. Where the app handles them, it gets them too.
    private static int RunOnAnotherThread(bool? handleSignals)
    {
        var app = new SignalApp("agrees") { HandleSignals = handleSignals };
        var thread = new Thread(() => app.Run(new EventLoop()));
        using (TakeSignals(app.Exit))
        {
            thread.Start();
            thread.Join();
        }

        Console.Out.WriteLine($"app's code: {app.ExitCode}");
        return handleSignals == true ? 0 : 7;
    }

    private static PosixSignalRegistration TakeSignals(Action onSignal) => PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
    {
        context.Cancel = true;
        if (Environment.GetCommandLineArgs()[^1] != "code:another thread that handles signals")
        {
            onSignal();
        }
    });

    private static int RunWithoutThePool()
    {
        WithoutThePool.Exhaust(new ManualResetEventSlim());
        return new SignalApp("hangs").Run(new EventLoop());
    }
}
