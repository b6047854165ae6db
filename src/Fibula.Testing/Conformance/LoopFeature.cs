namespace Fibula.Testing;

/// <summary>Something a toolkit may have or not. What a case of the <see cref="LoopConformance"/> suite needs and a loop lacks leaves the case out of that loop's run.</summary>
public enum LoopFeature
{
    /// <summary>A post wakes the idle loop at once. A toolkit that polls lacks this: the post waits for its next iteration.</summary>
    ImmediateWake,

    /// <summary>Keys or clicks reach the program.</summary>
    Input,

    /// <summary>Something is drawn.</summary>
    Paint,

    /// <summary>A dialog pumps inside a callback until it is closed.</summary>
    NestedLoops,

    /// <summary>Windows with a scope each, which the toolkit closes.</summary>
    Windows,

    /// <summary>The toolkit ends its loop by itself, and the adapter holds that back until the tasks have ended.</summary>
    HeldEnd,

    /// <summary>The loop may end while tasks live, and nobody can hold that back.</summary>
    SuddenEnd,

    /// <summary>Delays and the deadlines of a close take the time they say. A loop on virtual time lacks this.</summary>
    RealTime,

    /// <summary>The exit hook may refuse where the toolkit would end its loop by itself.</summary>
    RefusableEnd,

    /// <summary>Whatever runs on the loop runs on one thread.</summary>
    OneThread,

    /// <summary>Work runs under a context of Fibula's. A loop whose toolkit asks for its own lacks this.</summary>
    OwnContext,

    /// <summary>Views within the windows, each with a scope of its own.</summary>
    Views,

    /// <summary>Windows that the toolkit closes together with the one that owns them.</summary>
    OwnedWindows,

    /// <summary>Windows that are shown modally, each in a loop of its own or with the input of the others off.</summary>
    ModalWindows,

    /// <summary>Handlers of the program that are asked whether a window may close, whenever they were added.</summary>
    ClosingHandlers,

    /// <summary>Those handlers are asked once more for the close that comes after the tasks of the window have ended, and may still say no.</summary>
    RepeatedClosing,

    /// <summary>Windows that are minimized, which the toolkit still calls shown.</summary>
    MinimizedWindows,

    /// <summary>The toolkit tells the program that the user logs off, and waits for what it does then.</summary>
    SessionEnd,

    /// <summary>What leaves an <c>async void</c> handler of the toolkit's events comes to the adapter first, whatever the program has set up.</summary>
    HandlerErrors,

    /// <summary>A ready list of the tasks that run, to be put into a window.</summary>
    Panels,

    /// <summary>A ready dialog that asks what becomes of tasks that run while something closes.</summary>
    Dialogs,
}
