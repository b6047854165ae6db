using System.Runtime.CompilerServices;
using Terminal.Gui.App;

namespace Fibula;

/// <summary>The closing of each window of one application, for as long as the window lives.</summary>
internal sealed class WindowClosings(TerminalGuiLoop loop)
{
    private readonly ConditionalWeakTable<IRunnable, SessionClosing> _closings = [];

    public SessionClosing Of(IRunnable window) => _closings.GetValue(window, window => new SessionClosing(loop, window));

    /// <summary>A question has been answered, and with it every stop that was asked for meanwhile: the toolkit would hear of that only now.</summary>
    public void ForgetStops()
    {
        foreach ((IRunnable window, SessionClosing closing) in _closings)
        {
            window.StopRequested &= !closing.IsHeldBack;
        }
    }

    /// <summary>The application is gone: a window whose stop was held back would never be asked again.</summary>
    public void LetGo()
    {
        foreach ((_, SessionClosing closing) in _closings)
        {
            closing.LetGo();
        }
    }
}
