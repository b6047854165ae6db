namespace Fibula;

internal enum ScopeState
{
    Open,
    Closing,
    Closed,
}
