namespace Fibula.Tests;

/// <summary>How often a test repeats what it does: a tenth of the times in a mutation run, where each mutant runs it.</summary>
internal static class Rounds
{
    public static int Of(int times) => AppContext.TryGetSwitch("Fibula.FewRounds", out bool isOn) && isOn ? times / 10 : times;
}
