namespace Fibula;

/// <summary>Routes an unobserved error: to the task's scope, its parents up to the root, the root's owner on another UI thread, and the toolkit. The event source always records it.</summary>
internal static class FaultRoute
{
    /// <summary>Any thread: routes a fault, on the UI thread or, after the loop's end, on the pool.</summary>
    public static void Report(IUnhandledFault fault, ScopeNode scope)
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

    /// <summary>On the UI thread: routes the exception of a callback.</summary>
    public static void ReportCallback(UiLoop loop, IUnhandledFault fault)
    {
        if (AppOf(loop) is { } app)
        {
            Begin(fault, app.Root);
        }
        else
        {
            FibulaEventSource.Log.Faulted(fault);
            LeadOut(fault, loop, UnhandledFaults.Toolkit);
        }
    }

    /// <summary>On the UI thread: reports that the start of an attached app has failed. Only the toolkit is notified, since there is no app yet.</summary>
    public static void ReportStartup(IOwningApp app, UiLoop loop, IUnhandledFault fault)
    {
        FibulaEventSource.Log.Faulted(fault);
        LeadOut(fault, loop, app.UnhandledFaults);
    }

    private static IOwningApp? AppOf(UiLoop? loop) => (IOwningApp?)loop?.Owner;

    private static void Begin(IUnhandledFault fault, ScopeNode scope)
    {
        FibulaEventSource.Log.Faulted(fault);
        Climb(fault, scope);
    }

    private static void Climb(IUnhandledFault fault, ScopeNode scope)
    {
        UiLoop? loop = scope.Tree.Loop;

        // After the loop's end, subscribers and the toolkit's own handlers would use a dead view.
        if (loop is not { HasEnded: true })
        {
            for (ScopeNode? owner = scope; owner is not null && !fault.Handled; owner = owner.Parent)
            {
                owner.Handle.RaiseFaulted(fault);
            }
        }

        if (fault.Handled)
        {
            return;
        }

        if (scope.Tree.OwnerTask is { } joined)
        {
            // The owner is on another UI thread.
            joined.Tree.DispatchInOrder(static way => Climb(((Way)way!).Fault, ((Way)way).Scope), new Way(fault, joined.Node.Scope));
        }
        else
        {
            LeadOut(fault, loop, AppOf(loop)?.UnhandledFaults ?? UnhandledFaults.Toolkit);
        }
    }

    private static void LeadOut(IUnhandledFault fault, UiLoop? loop, UnhandledFaults unhandled)
    {
        if (loop is { FailsByUnhandledFaults: true } && unhandled == UnhandledFaults.Toolkit)
        {
            AppOf(loop)?.Fail();
        }

        if (loop is null or { HasEnded: true } || unhandled == UnhandledFaults.ReportOnly)
        {
            LastResort.WriteLine(loop, fault.Details);
        }
        else
        {
            LeadToTheToolkit(fault, loop);
        }
    }

    // The program's own handler may be behind it. An exception that it throws must not stop the caller, and the fault is written anyway.
    private static void LeadToTheToolkit(IUnhandledFault fault, UiLoop loop)
    {
        try
        {
            loop.LeadOut(fault);
        }
        catch (Exception error)
        {
            LastResort.WriteLine(loop, Printable.Line($"The handler of unhandled faults threw {error.GetType().Name}: {ErrorText.MessageOf(error)}"));
            LastResort.WriteLine(loop, fault.Details);
        }
    }

    private sealed record Way(IUnhandledFault Fault, ScopeNode Scope);
}
