namespace Fibula;

/// <summary>A scope's answer to a new task.</summary>
internal enum AdmitResult
{
    Admitted,

    /// <summary>From inside: its own time may count from the close.</summary>
    AdmittedWhileClosing,
    Closing,
    Closed,
    ParentEnded,

    /// <summary>The tree has got its loop since the clock was read.</summary>
    OtherClock,
}
