using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>
/// An await in Main in front of the call that runs the loop. Once a control exists, what comes after the await waits for a loop that only it would
/// start; before that, it goes on on a thread of the pool, which is then the UI thread. There an app leaves signals to the program.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0004AwaitBeforeTheLoopAnalyzer : FibulaRule
{
    private static readonly DiagnosticDescriptor OnThePool = new(
        id: "FIB0004",
        title: "Main awaits before the loop runs",
        messageFormat: "Main awaits before it runs the loop, which then runs on a thread of the pool. Start it from the window, or wait for it.",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor Stuck = new(
        id: "FIB0004",
        title: "Main awaits before the loop runs",
        messageFormat: "Main awaits between making a window and running the loop: what comes next waits for a loop that never starts. Start it from the window.",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor WithoutSignals = new(
        id: "FIB0004",
        title: "Main awaits before the loop runs",
        messageFormat: "Main awaits before it runs the loop, which then runs on a thread of the pool: Ctrl-C and SIGTERM end the process without canceling its tasks. Await inside the loop, or set HandleSignals.",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    private static readonly ImmutableHashSet<string> OwnLoops = ["Fibula.EventLoop.Run", "Fibula.UiApp.Run"];

    private static readonly ImmutableHashSet<string> Loops =
    [
        "System.Windows.Forms.Application.Run",
        "System.Windows.Application.Run",
        "Avalonia.ClassicDesktopStyleApplicationLifetimeExtensions.StartWithClassicDesktopLifetime",
        "Avalonia.Controls.ApplicationLifetimes.ClassicDesktopStyleApplicationLifetime.Start",
        "Gtk.Application.Run",
    ];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [OnThePool, Stuck, WithoutSignals];

    protected override void Start(CompilationStartAnalysisContext start, FibulaTypes types)
    {
        if (start.Compilation.GetEntryPoint(start.CancellationToken) is { } main)
        {
            start.RegisterOperationBlockAction(block => Check(block, main));
        }
    }

    private static void Check(OperationBlockAnalysisContext context, IMethodSymbol main)
    {
        if (!SymbolEqualityComparer.Default.Equals(context.OwningSymbol, main))
        {
            return;
        }

        List<IOperation> steps = [.. context.OperationBlocks.SelectMany(StepsOf).OrderBy(step => step.Syntax.SpanStart)];
        int loop = steps.FindIndex(step => Runs(step, Loops));
        if (loop < 0)
        {
            CheckOwnLoop(context, steps);
            return;
        }

        int view = steps.FindIndex(step => step is IObjectCreationOperation { Type: { } made } && Views.IsView(made));
        foreach (IAwaitOperation early in steps.Take(loop).OfType<IAwaitOperation>())
        {
            bool isStuck = view >= 0 && steps.IndexOf(early) > view;
            context.ReportDiagnostic(Diagnostic.Create(isStuck ? Stuck : OnThePool, early.Syntax.GetLocation()));
        }
    }

    // A loop of ours runs on any thread, but handles signals by default on the main thread only.
    private static void CheckOwnLoop(OperationBlockAnalysisContext context, List<IOperation> steps)
    {
        int loop = steps.FindIndex(step => Runs(step, OwnLoops));
        if (loop >= 0 && !context.OperationBlocks.SelectMany(block => block.Descendants()).Any(SetsHandleSignals))
        {
            foreach (IAwaitOperation early in steps.Take(loop).OfType<IAwaitOperation>())
            {
                context.ReportDiagnostic(Diagnostic.Create(WithoutSignals, early.Syntax.GetLocation()));
            }
        }
    }

    private static bool SetsHandleSignals(IOperation step) =>
        step is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: "HandleSignals" } property } } && FibulaTypes.Declare(property);

    // In Main itself: a lambda runs when someone calls it.
    private static IEnumerable<IOperation> StepsOf(IOperation operation) =>
        operation is IAnonymousFunctionOperation or ILocalFunctionOperation
            ? []
            : operation.ChildOperations.SelectMany(StepsOf).Prepend(operation);

    private static bool Runs(IOperation step, ImmutableHashSet<string> loops) =>
        step is IInvocationOperation { TargetMethod: var method } && loops.Contains($"{method.ContainingType.ToDisplayString()}.{method.Name}");
}
