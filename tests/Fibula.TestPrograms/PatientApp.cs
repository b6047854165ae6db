using Fibula.Tests.Toolkits;
using Fibula.Toolkits;

namespace Fibula.TestPrograms;

/// <summary>An app that leaves in the way the scenario says, and whose process never ends before it has.</summary>
internal sealed class PatientApp : UiApp
{
    private readonly string _way;
    private bool _wasAsked;

    public PatientApp(string way)
        : base("app")
    {
        _way = way;
        ForcedExitLimit = Timeout.InfiniteTimeSpan;
    }

    protected override async Task OnRunningAsync()
    {
        await Task.Yield();
        switch (_way)
        {
            case "exit":
                Tasks.Run(CleanUpAsync, new TaskOptions { Name = "Import" });
                Exit();
                break;
            case "request":
                await RequestAsync();
                break;
            case "request after a no":
                await RequestAsync();
                await RequestAsync();
                break;
            case "question":
                Tasks.Run(CleanUpAsync, new TaskOptions { Name = "Import", OnClose = ClosePolicy.Ask });
                await RequestAsync();
                break;
            case "close of a scope":
                await CloseTabAsync(tab => tab.CloseAsync());
                break;
            case "close of a scope that asks":
                await CloseTabAsync(tab => tab.RequestCloseAsync());
                break;
            case "window":
                await CloseWindowAsync();
                break;
            case "last window":
                new FakeWindow((ToolkitLoop)Loop!, "window") { EndsTheApp = true }.Click();
                break;
            case "signal":
                Tasks.Run(CleanUpAsync, new TaskOptions { Name = "Import" });
                Console.Out.WriteLine("ready");
                break;
            default:
                throw new ArgumentException($"There is no way '{_way}' among the ends without the pool.");
        }
    }

    protected override async Task<bool> OnExitAsync(ExitCause cause)
    {
        await Task.Yield();
        Console.Out.WriteLine($"asked: {cause}");
        bool isNo = _way == "request after a no" && !_wasAsked;
        _wasAsked = true;
        return !isNo;
    }

    protected override async Task<CloseAnswer> OnAskAsync(CloseQuestion question)
    {
        await Task.Yield();
        Console.Out.WriteLine($"asked about: {question.Tasks[0].Name}");
        return CloseAnswer.Cancel;
    }

    private static async Task CleanUpAsync(TaskContext task)
    {
        try
        {
            await task.Delay(Timeout.InfiniteTimeSpan);
        }
        finally
        {
            await Task.Yield();
            Console.Out.WriteLine("cleaned up");
        }
    }

    private async Task RequestAsync() => Console.Out.WriteLine(await RequestExitAsync());

    private async Task CloseTabAsync(Func<TaskScope, Task> close)
    {
        TaskScope tab = Tasks.CreateChild("tab");
        tab.Run(CleanUpAsync, new TaskOptions { Name = "Import", OnClose = ClosePolicy.Ask });
        await close(tab);
        Console.Out.WriteLine("closed");
        Exit();
    }

    private async Task CloseWindowAsync()
    {
        var window = new FakeWindow((ToolkitLoop)Loop!, "window");
        window.Tasks.Run(CleanUpAsync, new TaskOptions { Name = "Import", OnClose = ClosePolicy.Ask });
        window.Click();
        while (window.IsOpen)
        {
            await Task.Yield();
        }

        Console.Out.WriteLine("closed");
        Exit();
    }
}
