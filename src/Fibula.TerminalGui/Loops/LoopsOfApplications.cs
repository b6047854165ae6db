using System.Runtime.CompilerServices;
using Terminal.Gui.App;
using Terminal.Gui.ViewBase;

namespace Fibula;

/// <summary>Finds the loop of a view. The table holds neither side: an application that is forgotten takes its loop with it.</summary>
internal static class LoopsOfApplications
{
    private static readonly ConditionalWeakTable<IApplication, TerminalGuiLoop> Loops = [];

    public static void Add(IApplication application, TerminalGuiLoop loop)
    {
        if (Loops.TryGetValue(application, out TerminalGuiLoop? other) && !other.IsOver)
        {
            throw new InvalidOperationException("The Terminal.Gui application has a Fibula loop already. Call UseFibula() once, after Init().");
        }

        Loops.AddOrUpdate(application, loop);
    }

    /// <summary>The loop of the view's application; for a view that is not shown yet, the loop of the calling UI thread.</summary>
    public static TerminalGuiLoop Of(View view)
    {
        TerminalGuiLoop? loop;
        if (view.App is { } application)
        {
            Loops.TryGetValue(application, out loop);
        }
        else
        {
            loop = Loops.Select(entry => entry.Value).FirstOrDefault(loop => !loop.IsOver && loop.CheckAccess());
        }

        return loop is { App: not null }
            ? loop
            : throw new InvalidOperationException(
                $"There is no app yet that could own tasks of '{ViewScopes.NameOf(view)}'. Call UseFibula() after Init() and before the first window is made.");
    }
}
