using System.Globalization;

namespace Fibula.StressTests.Fuzz;

/// <summary>
/// Calls every public member, with random and extreme values, in random order, with callbacks that throw, block and call others. FIBULA_FUZZ_SEED plays one
/// episode again, and is where the long run begins; FIBULA_FUZZ_MINUTES sets how long that takes.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Episodes = 90;

    private static string? Seed => Environment.GetEnvironmentVariable("FIBULA_FUZZ_SEED");

    private static int FirstSeed => int.Parse(Seed ?? "1", CultureInfo.InvariantCulture);

    [Fact]
    [Trait("Behaviour", "B85")]
    public void EveryPublicMember_CalledAtRandom_DoesOnlyWhatIsDocumented()
    {
        IReadOnlyList<Member> members = Surface.Find();

        Run(members, Enumerable.Range(FirstSeed, Seed is null ? Episodes : 1));

        string[] uncalled = [.. members.GroupBy(member => member.Id).Where(same => same.All(member => member.Calls == 0)).Select(same => same.Key)];
        Assert.True(uncalled.Length == 0 || Seed is not null, $"Never called: {string.Join('\n', uncalled)}");
    }

    [Fact]
    [Trait("Run", "Long")]
    [Trait("Behaviour", "B85")]
    public void EveryPublicMember_CalledAtRandomForMinutes_DoesOnlyWhatIsDocumented()
    {
        var minutes = TimeSpan.FromMinutes(double.Parse(Environment.GetEnvironmentVariable("FIBULA_FUZZ_MINUTES") ?? "10", CultureInfo.InvariantCulture));
        long began = TimeProvider.System.GetTimestamp();

        Run(Surface.Find(), Enumerable.Range(FirstSeed, int.MaxValue - FirstSeed).TakeWhile(_ => TimeProvider.System.GetElapsedTime(began) < minutes));
    }

    private void Run(IReadOnlyList<Member> members, IEnumerable<int> seeds)
    {
        Findings.Clear();
        TextWriter standardError = Console.Error;
        Console.SetError(TextWriter.Null);
        AppDomain.CurrentDomain.FirstChanceException += Findings.Look;
        AppDomain.CurrentDomain.UnhandledException += Findings.LookAtUnhandled;
        TaskScheduler.UnobservedTaskException += Findings.LookAtUnobserved;
        try
        {
            int last = 0;
            Member[] acts = [.. members.Where(static member => member.IsAct)];
            foreach (int seed in seeds)
            {
                last = seed;

                // Every third one is of acts only, since most of the surface just tells how things stand.
                if (!new Episode(members, new Deck(seed % 3 == 2 ? acts : members, seed), seed).Play())
                {
                    break;
                }
            }

            GC.Collect();
            GC.WaitForPendingFinalizers();
            output.WriteLine($"Last seed: {last}. Calls: {members.Sum(member => member.Calls)}.");
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Findings.LookAtUnobserved;
            AppDomain.CurrentDomain.UnhandledException -= Findings.LookAtUnhandled;
            AppDomain.CurrentDomain.FirstChanceException -= Findings.Look;
            Console.SetError(standardError);
        }

        Assert.True(Findings.IsEmpty, string.Join("\n\n", Findings.All));
    }
}
