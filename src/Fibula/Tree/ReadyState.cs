namespace Fibula;

internal enum ReadyState
{
    /// <summary>Nobody waits for it to be ready.</summary>
    None,
    Starting,
    Ready,

    /// <summary>The caller no longer waits: the task was asked to cancel.</summary>
    GivenUp,
}
