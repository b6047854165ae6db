namespace Fibula;

internal enum WindowState
{
    Open,
    Closing,
    Stopping,
    Stopped,
}
