namespace Fibula.Benchmarks;

/// <summary>How much later has the first task of a process ended, with the package as users install it?</summary>
internal static class StartingCold
{
    public static IEnumerable<Comparison> Comparisons()
    {
        var program = new Lazy<PackedProgram>(static () => new PackedProgram());
        var ours = new Contestant("Fibula", () => new Cost(program.Value.Run(ColdStart.Command, ColdStart.Ours), 0));
        var raw = new Contestant("a raw pump", () => new Cost(program.Value.Run(ColdStart.Command, ColdStart.Raw), 0));
        yield return new Comparison(
            "cold start: the first task has ended", ours, raw, new Goal("at most +8 ms", answer => answer.AddedNanoseconds <= 8e6));
    }
}
