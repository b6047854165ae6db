using System.Globalization;
using System.Text;

namespace Fibula.Benchmarks;

/// <summary>An answer for people.</summary>
internal static class AnswerText
{
    public static string Write(Answer answer)
    {
        var text = new StringBuilder();
        var comparison = answer.Comparison;
        Line($"{comparison.Question}");
        Line($"  {comparison.Ours.Name,-24} {answer.Ours.Nanoseconds,14:N0} ns {answer.Ours.Bytes,12:N0} B   (spread {answer.Spread:P0})");
        if (comparison.Peer is { } peer)
        {
            Line($"  {peer.Name,-24} {answer.Peer.Nanoseconds,14:N0} ns {answer.Peer.Bytes,12:N0} B");
            Line($"  ratio {answer.Ratio:0.00}, {answer.AddedNanoseconds:+#,0;-#,0;0} ns, {answer.AddedBytes:+#,0;-#,0;0} B");
        }

        if (comparison.Note?.Invoke() is { } note)
        {
            Line($"  {note}");
        }

        Line($"  goal: {comparison.Goal.Text}: {(answer.IsMet ? "met" : "NOT MET")}");
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
