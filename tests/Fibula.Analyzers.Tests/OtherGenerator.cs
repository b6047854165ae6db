using Microsoft.CodeAnalysis;

namespace Fibula.Analyzers.Tests;

/// <summary>A generator of somebody else, such as that of Razor or of an MVVM library.</summary>
internal sealed class OtherGenerator(IReadOnlyDictionary<string, string> files) : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterSourceOutput(context.CompilationProvider, (output, _) =>
        {
            foreach ((string name, string code) in files)
            {
                output.AddSource(name, code);
            }
        });
}
