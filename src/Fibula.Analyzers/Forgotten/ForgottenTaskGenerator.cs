using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fibula.Analyzers;

/// <summary>
/// In a project that sets <c>FibulaOwnForgottenTasks</c>: replaces each call whose task is dropped by one that hands the task to a scope,
/// and gives the project a builder for <c>async void</c> that does the same.
/// </summary>
[Generator(LanguageNames.CSharp)]
internal sealed class ForgottenTaskGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<bool> isOn = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => ForgottenTasks.AreAskedFor(options))
            .Combine(context.ParseOptionsProvider.Select(static (options, _) => ForgottenTasks.CanBeOwned(options)))
            .Combine(context.CompilationProvider.Select(static (compilation, _) => ForgottenTasks.IsThere(compilation)))
            .Select(static (found, _) => found.Left.Left && found.Left.Right && found.Right);

        IncrementalValuesProvider<ForgottenCall> calls = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => node is CompilationUnitSyntax && ForgottenTasks.CanBeOwned(node.SyntaxTree.Options), static (file, stop) => CallsIn(file, stop))
            .SelectMany(static (calls, _) => calls);
        context.RegisterSourceOutput(
            calls.Collect().Combine(isOn),
            static (output, found) => AddCalls(output, found.Right ? found.Left : []));

        IncrementalValuesProvider<AsyncVoidPlace> voids = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => AsyncVoidPlace.MayBe(node) && ForgottenTasks.CanBeOwned(node.SyntaxTree.Options), static (method, stop) => AsyncVoidPlace.Of(method, stop))
            .Where(static place => place is not null)
            .Select(static (place, _) => place!);
        context.RegisterSourceOutput(
            voids.Collect().Combine(isOn),
            static (output, found) =>
            {
                // Also where there is no async void to see: other generators may make some, and the rules look for the builder.
                if (found.Right)
                {
                    output.AddSource("FibulaAsyncVoid.g.cs", AsyncVoidSource.Write(found.Left));
                }
            });
    }

    private static void AddCalls(SourceProductionContext output, ImmutableArray<ForgottenCall> calls)
    {
        if (calls.Length > 0)
        {
            output.AddSource("FibulaForgottenCalls.g.cs", ForgottenCallsSource.Write(calls));
        }
    }

    // A whole file at once, since all its calls share one model.
    private static ImmutableArray<ForgottenCall> CallsIn(GeneratorSyntaxContext file, CancellationToken cancellationToken)
    {
        var calls = file.Node.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(DiscardedCall.MayBe).ToList();
        if (calls.Count == 0)
        {
            return [];
        }

        var names = TaskNames.Of(file.SemanticModel.Compilation);
        calls.RemoveAll(call => !names.MayGiveOne(call));
        SemanticModel model = QuickModel.Of(file.SemanticModel);
        return [.. calls.Select(call => Intercepted(call, model, cancellationToken)).OfType<ForgottenCall>()];
    }

    private static ForgottenCall? Intercepted(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken) =>
        Interception.Of(call, model, cancellationToken) is { } operation
        && model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol method
        && model.GetInterceptableLocation(call, cancellationToken) is { } location
            ? new ForgottenCall(location.GetInterceptsLocationAttributeSyntax(), new InterceptorBuilder(new CalledMethod(method, model.Compilation), model.Compilation).Build(CallSiteText.Of(operation, method)))
            : null;
}
