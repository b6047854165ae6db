namespace Fibula;

internal enum ReadyState
{
    /// <summary>Nobody waits for it to be ready.</summary>
    None,
    Starting,
    Ready,

    /// <summary>Whoever waited does so no more: the task was asked to cancel.</summary>
    GivenUp,
}
