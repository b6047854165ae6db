using BenchmarkDotNet.Running;
using Fibula.Benchmarks;

// compare [--json] [--only NAME]: our figures beside those of named peers, in under a minute.
// Anything else goes to BenchmarkDotNet, for example: --filter '*Starting*'.
if (args is ["compare", .. var options])
{
    return CompareCommand.Run(options);
}

BenchmarkSwitcher.FromAssembly(typeof(CompareCommand).Assembly).Run(args);
return 0;
