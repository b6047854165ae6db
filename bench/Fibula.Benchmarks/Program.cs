using BenchmarkDotNet.Running;
using Fibula.Benchmarks;

// compare [--quick] [--json] [--only NAME]: our figures beside those of named peers, in under three minutes.
// curves [--only FILE]: how they grow, as pictures in bench/results.
// parts: where the time of a task goes.
// Anything else goes to BenchmarkDotNet, for example: --filter '*Starting*'.
return args switch
{
    ["compare", .. var options] => CompareCommand.Run(options),
    ["curves", .. var options] => CurvesCommand.Run(options),
    ["parts"] => PartsCommand.Run(),
    [ColdStart.Command, var contestant] => ColdStart.Run(contestant),
    _ => RunBenchmarks(args),
};

// A method of its own: a cold start loads no more than it needs.
static int RunBenchmarks(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(CompareCommand).Assembly).Run(args);
    return 0;
}
