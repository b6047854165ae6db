namespace Fibula.Testing;

/// <summary>One view of a toolkit, as the <see cref="LoopConformance"/> suite sees it. It is in no window when it is made.</summary>
/// <remarks><b>Threads.</b> Every member is used on the UI thread.</remarks>
public abstract class LoopView
{
    /// <summary>The view's scope, asked for in the way users of the toolkit do. It is made when it is first asked for.</summary>
    public abstract TaskScope Tasks { get; }

    /// <summary>How a view in a window can be hidden, each with a name: by itself, with a panel around it, behind another tab.</summary>
    public abstract IReadOnlyList<string> WaysToHide { get; }

    /// <summary>Puts the view into an open window, where it is shown.</summary>
    /// <param name="window">A window of the same host.</param>
    public abstract void PutInto(LoopWindow window);

    /// <summary>Hides the view in its window, or shows it again.</summary>
    /// <param name="way">One of <see cref="WaysToHide"/>.</param>
    /// <param name="isShown">Whether it is shown.</param>
    public abstract void SetShown(string way, bool isShown);

    /// <summary>Ends the view as the toolkit does: disposes it, or takes it out of its window.</summary>
    public abstract void End();
}
