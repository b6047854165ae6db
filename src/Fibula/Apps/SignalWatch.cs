using System.Runtime.InteropServices;

namespace Fibula;

/// <summary>Takes signals from the system for as long as an app lives.</summary>
internal sealed class SignalWatch : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;

    public SignalWatch(IEnumerable<PosixSignal> signals, Action<PosixSignal> onSignal)
    {
        _registrations =
        [
            .. signals.Select(signal =>
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
