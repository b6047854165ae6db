using System.Diagnostics.CodeAnalysis;

namespace Fibula;

/// <summary>Whether the library checks its own rules while it runs, and ends the process where one is broken. The tests' programs turn it on; elsewhere it costs nothing.</summary>
internal static class SelfChecks
{
    private const string Switch = "Fibula.SelfChecks";

    [FeatureSwitchDefinition(Switch)]
    public static bool AreOn { get; } = AppContext.TryGetSwitch(Switch, out bool isOn) && isOn;

    [DoesNotReturn]
    public static void Fail(string brokenRule) => Environment.FailFast($"Fibula breaks a rule of its own: {brokenRule}");
}
