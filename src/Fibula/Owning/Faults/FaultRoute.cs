namespace Fibula;

/// <summary>The way of an error nobody has awaited: the task's scope, its parents, the app, its owner on another UI thread, the toolkit. The event source always has it.</summary>
internal static class FaultRoute
{
    /// <summary>Any thread: sends a fault on its way, on the UI thread.</summary>
    public static void Report(TaskFault fault, TaskScope scope)
    {
        if (scope.Tree.Loop is { IsRunning: true } loop && loop.CheckAccess())
        {
            Begin(fault, scope);
        }
        else
        {
            scope.Tree.DispatchInOrder(static way => Begin(((Way)way!).Fault, ((Way)way).Scope), new Way(fault, scope));
        }
    }

    /// <summary>On the UI thread: a callback threw.</summary>
    public static void ReportCallback(UiLoop loop, string name, Exception error)
    {
        IOwningApp? app = AppOf(loop);
        var fault = TaskFault.OfCallback(name, app?.Tasks, loop.Clock.GetUtcNow(), error);
        if (app is not null)
        {
            Begin(fault, app.Tasks);
        }
        else
        {
            FibulaEventSource.Log.Faulted(fault);
            LeadOut(fault, loop, UnhandledFaults.Toolkit);
        }
    }

    /// <summary>On the UI thread: the start of an attached app has failed. The toolkit is told, and nobody else: there is no app that could be.</summary>
    public static void ReportStartup(IOwningApp app, string startup, UiLoop loop, Exception error)
    {
        var fault = TaskFault.OfCallback(startup, app.Tasks, loop.Clock.GetUtcNow(), error);
        FibulaEventSource.Log.Faulted(fault);
        LeadOut(fault, loop, app.UnhandledFaults);
    }

    private static IOwningApp? AppOf(UiLoop? loop) => (IOwningApp?)loop?.Owner;

    private static void Begin(TaskFault fault, TaskScope scope)
    {
        FibulaEventSource.Log.Faulted(fault);
        Climb(fault, scope);
    }

    private static void Climb(TaskFault fault, TaskScope scope)
    {
        UiLoop? loop = scope.Tree.Loop;

        // After the loop's end subscribers, and the toolkit's own handlers, would touch a dead view: straight to the last line.
        if (loop is not { HasEnded: true })
        {
            for (TaskScope? owner = scope; owner is not null && !fault.Handled; owner = owner.Parent)
            {
                owner.RaiseFaulted(fault);
            }
        }

        if (fault.Handled)
        {
            return;
        }

        if (scope.Tree.Joined is { } joined)
        {
            // The owner is on another UI thread.
            joined.Tree.DispatchInOrder(static way => Climb(((Way)way!).Fault, ((Way)way).Scope), new Way(fault, joined.Scope));
        }
        else
        {
            LeadOut(fault, loop, AppOf(loop)?.UnhandledFaults ?? UnhandledFaults.Toolkit);
        }
    }

    private static void LeadOut(TaskFault fault, UiLoop? loop, UnhandledFaults unhandled)
    {
        if (loop is IToolkit { UnhandledFaultsFail: true } && unhandled == UnhandledFaults.Toolkit)
        {
            AppOf(loop)?.Fail();
        }

        if (loop is null or { HasEnded: true } || unhandled == UnhandledFaults.ReportOnly)
        {
            LastResort.WriteLine(loop, fault.ToString());
        }
        else
        {
            LeadToTheToolkit(fault, loop);
        }
    }

    // A handler of the program's own may stand behind it. What that throws must not stop whoever reports, and the fault is told all the same.
    private static void LeadToTheToolkit(TaskFault fault, UiLoop loop)
    {
        try
        {
            ((IToolkit)loop).OnUnhandledFault(fault);
        }
        catch (Exception error)
        {
            LastResort.WriteLine(loop, Printable.Line($"The handler of unhandled faults threw {error.GetType().Name}: {ErrorText.MessageOf(error)}"));
            LastResort.WriteLine(loop, fault.ToString());
        }
    }

    private sealed record Way(TaskFault Fault, TaskScope Scope);
}
