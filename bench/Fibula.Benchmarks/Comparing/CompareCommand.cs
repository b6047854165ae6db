using System.Globalization;

namespace Fibula.Benchmarks;

/// <summary>The command <c>compare</c>: runs the questions and prints the answers.</summary>
internal static class CompareCommand
{
    private const string Usage = "Usage: compare [--json] [--only NAME], where NAME is part of a question or of a peer.";

    public static int Run(string[] options)
    {
        bool json = false;
        string? only = null;
        for (int i = 0; i < options.Length; i++)
        {
            if (options[i] == "--json")
            {
                json = true;
            }
            else if (options[i] == "--only" && i + 1 < options.Length)
            {
                only = options[++i];
            }
            else
            {
                Console.Error.WriteLine($"'{options[i]}' is not understood. {Usage}");
                return 2;
            }
        }

        IGrouping<string, Comparison>[] groups = [.. AllQuestions().Where(c => Matches(c, only)).GroupBy(c => c.Question)];
        if (groups.Length == 0)
        {
            Console.Error.WriteLine($"No question or peer has '{only}' in its name. {Usage}");
            return 2;
        }

        Print(groups, json);
        return 0;
    }

    private static IEnumerable<Comparison> AllQuestions() =>
        [.. StartingATask.Comparisons(), .. ReportingProgress.Comparisons()];

    private static bool Matches(Comparison comparison, string? only) =>
        only is null
        || comparison.Question.Contains(only, StringComparison.OrdinalIgnoreCase)
        || comparison.Peer.Name.Contains(only, StringComparison.OrdinalIgnoreCase);

    private static void Print(IGrouping<string, Comparison>[] groups, bool json)
    {
        var answers = new List<Answer>();
        foreach (var group in groups)
        {
            foreach (var answer in Rounds.Answer([.. group]))
            {
                answers.Add(answer);
                if (!json)
                {
                    Console.WriteLine(Line(answer));
                }
            }
        }

        if (json)
        {
            Console.WriteLine(AnswerJson.Write(answers));
        }
    }

    private static string Line(Answer answer) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {answer.Comparison.Question}
          ours                {answer.Ours.Nanoseconds,14:N0} ns  {answer.Ours.Bytes,10:N0} B   (spread {answer.Spread:P0})
          {answer.Comparison.Peer.Name,-18}  {answer.Peer.Nanoseconds,14:N0} ns  {answer.Peer.Bytes,10:N0} B
          ratio {answer.Ratio:0.00}   goal: {answer.Comparison.Goal}: {(answer.IsMet ? "met" : "NOT MET")}
        """);
}
