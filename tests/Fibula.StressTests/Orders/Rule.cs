using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Fibula.StressTests.Orders;

/// <summary>Assertions whose text costs nothing while they hold: they are checked millions of times.</summary>
internal static class Rule
{
    public static void Check([DoesNotReturnIf(false)] bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] ref Text text)
    {
        if (!holds)
        {
            throw new BrokenRuleException(text.ToString());
        }
    }

    /// <summary>Formats only where the rule is broken.</summary>
    [InterpolatedStringHandler]
    public ref struct Text
    {
        private DefaultInterpolatedStringHandler _text;

        public Text(int literalLength, int formattedCount, bool holds, out bool isNeeded)
        {
            isNeeded = !holds;
            _text = holds ? default : new DefaultInterpolatedStringHandler(literalLength, formattedCount);
        }

        public void AppendLiteral(string value) => _text.AppendLiteral(value);

        public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

        public override string ToString() => _text.ToStringAndClear();
    }
}
