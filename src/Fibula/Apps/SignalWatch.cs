using System.Runtime.InteropServices;

namespace Fibula;

/// <summary>Takes SIGINT, SIGTERM and SIGHUP from the system for as long as an app lives.</summary>
internal sealed class SignalWatch : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;

    public SignalWatch(Action<PosixSignal> onSignal)
    {
        _registrations =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal =>
                PosixSignalRegistration.Create(signal, context =>
                {
                    context.Cancel = true;
                    onSignal(context.Signal);
                })),
        ];
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }
}
