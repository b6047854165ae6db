namespace Fibula;

internal enum LoopState
{
    NotStarted,
    Running,
    Ended,
}
