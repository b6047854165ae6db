using System.Runtime.InteropServices;

namespace Fibula;

/// <summary>Takes signals from the system for as long as an app lives.</summary>
internal sealed class SignalWatch : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;

    // No LINQ: over a list of values, its code is compiled at run time, at the start of every program.
    public SignalWatch(PosixSignal[] signals, Action<PosixSignal> onSignal)
    {
        _registrations = new PosixSignalRegistration[signals.Length];
        for (int i = 0; i < signals.Length; i++)
        {
            _registrations[i] = PosixSignalRegistration.Create(signals[i], Handle);
        }

        void Handle(PosixSignalContext context)
        {
            context.Cancel = true;
            onSignal(context.Signal);
        }
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }
}
