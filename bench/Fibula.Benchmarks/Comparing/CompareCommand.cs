using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Fibula.Benchmarks;

/// <summary>
/// The command <c>compare</c>: runs the questions and prints the answers. Each topic has a process of its own, in which its contestants take turns: the compiler optimizes
/// code for what it has run before, and an answer must not depend on the questions that were asked earlier.
/// </summary>
internal static class CompareCommand
{
    // For the processes of a complete run.
    private const string Topic = "--topic";

    private const string Usage = "Usage: compare [--quick] [--json] [--only NAME], where NAME is part of a question or of a peer.";

    public static int Run(string[] options)
    {
        bool json = false;
        bool quick = false;
        string? only = null;
        string? topic = null;
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
            else if (options[i] == Topic && i + 1 < options.Length)
            {
                topic = options[++i];
            }
            else
            {
                Console.Error.WriteLine($"'{options[i]}' is not understood. {Usage}");
                return 2;
            }
        }

        if (!quick && only is null && topic is null)
        {
            return AskInProcesses(json);
        }

        IGrouping<string, Comparison>[] groups = [.. AllQuestions.Comparisons(topic).Where(c => Matches(c, only)).GroupBy(c => c.Question)];
        if (groups.Length == 0)
        {
            Console.Error.WriteLine($"No question or peer has '{only}' in its name. {Usage}");
            return 2;
        }

        Print(quick ? groups.Where(group => !group.First().IsHeavy) : groups, quick, json);
        return 0;
    }

    private static int AskInProcesses(bool json)
    {
        var answers = new JsonArray();
        foreach (string topic in AllQuestions.Topics)
        {
            string[] arguments = [typeof(CompareCommand).Assembly.Location, "compare", Topic, topic, .. json ? new[] { "--json" } : []];
            using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = json })!;
            string output = json ? process.StandardOutput.ReadToEnd() : "";
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                return process.ExitCode;
            }

            foreach (var answer in json ? JsonNode.Parse(output)!.AsArray() : [])
            {
                answers.Add(answer!.DeepClone());
            }
        }

        if (json)
        {
            Console.WriteLine(answers.ToJsonString());
        }

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
