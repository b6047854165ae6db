using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>A whole number where progress takes a fraction of 1: what is meant as 25 % is shown as 100 %.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0012PercentageAnalyzer : FibulaRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0012",
        title: "A percentage is reported as a fraction",
        messageFormat: "Report takes a fraction from 0 to 1, and '{0}' is a whole number: from 1 on, it shows 100 %. Use Report({0}, 100) for a percentage.",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    protected override void Start(CompilationStartAnalysisContext start, FibulaTypes types) => LookAt(start, OperationKind.Invocation, Check);

    private static void Check(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name == "Report"
            && FibulaTypes.Declare(call.TargetMethod)
            && call.Arguments.FirstOrDefault(argument => argument.Parameter is { Ordinal: 0, Type.SpecialType: SpecialType.System_Double }) is { Value: IConversionOperation { IsImplicit: true, Operand: var number } }
            && IsWhole(number))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation(), number.Syntax.ToString()));
        }
    }

    // 0 and 1 are fractions too.
    private static bool IsWhole(IOperation number) =>
        number.Type?.SpecialType is SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
            or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64
        && !(number.ConstantValue is { HasValue: true, Value: { } value } && Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) is 0 or 1);
}
