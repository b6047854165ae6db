using Microsoft.CodeAnalysis.Text;

namespace Fibula.Analyzers.Tests;

internal static class Stretches
{
    /// <summary>The stretch of the text at the span.</summary>
    public static string ToString(this string text, TextSpan span) => text.Substring(span.Start, span.Length);
}
