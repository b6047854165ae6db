namespace Fibula;

internal enum ExitState
{
    Living,
    Asking,
    Leaving,
    Left,
}
