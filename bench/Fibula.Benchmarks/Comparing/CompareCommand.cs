namespace Fibula.Benchmarks;

/// <summary>The command <c>compare</c>: runs the questions and prints the answers.</summary>
internal static class CompareCommand
{
    private const string Usage = "Usage: compare [--quick] [--json] [--only NAME], where NAME is part of a question or of a peer.";

    public static int Run(string[] options)
    {
        bool json = false;
        bool quick = false;
        string? only = null;
        for (int i = 0; i < options.Length; i++)
        {
            if (options[i] == "--json")
            {
                json = true;
            }
            else if (options[i] == "--quick")
            {
                quick = true;
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

        IGrouping<string, Comparison>[] groups = [.. AllQuestions.Comparisons().Where(c => Matches(c, only)).GroupBy(c => c.Question)];
        if (groups.Length == 0)
        {
            Console.Error.WriteLine($"No question or peer has '{only}' in its name. {Usage}");
            return 2;
        }

        Print(quick ? groups.Where(group => !group.First().IsHeavy) : groups, quick, json);
        return 0;
    }

    private static bool Matches(Comparison comparison, string? only) =>
        only is null
        || comparison.Question.Contains(only, StringComparison.OrdinalIgnoreCase)
        || comparison.Peer?.Name.Contains(only, StringComparison.OrdinalIgnoreCase) == true;

    private static void Print(IEnumerable<IGrouping<string, Comparison>> groups, bool quick, bool json)
    {
        var answers = new List<Answer>();
        if (quick && !json)
        {
            Console.WriteLine("Quick: each contestant does its work once, in code that is not optimized yet. The figures mean nothing.");
        }

        foreach (var group in groups)
        {
            var rounds = quick ? Rounds.Quick : group.First().IsHeavy ? Rounds.Heavy : Rounds.Full;
            foreach (var answer in rounds.Answer([.. group]))
            {
                answers.Add(answer);
                if (!json)
                {
                    Console.Write(AnswerText.Write(answer));
                }
            }
        }

        if (json)
        {
            Console.WriteLine(AnswerJson.Write(answers));
        }
    }
}
