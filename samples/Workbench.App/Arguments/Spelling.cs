namespace Workbench;

internal static class Spelling
{
    private const int MostMistakes = 3;

    /// <summary>The word that was probably meant; null if none is near.</summary>
    public static string? FindClosest(string typed, IEnumerable<string> words)
    {
        (string word, int mistakes) = words.Select(word => (word, CountMistakes(typed, word))).MinBy(pair => pair.Item2);
        return mistakes <= Math.Min(MostMistakes, word.Length / 2) ? word : null;
    }

    // Levenshtein's distance, row by row.
    private static int CountMistakes(string typed, string word)
    {
        int[] row = [.. Enumerable.Range(0, word.Length + 1)];
        foreach (char letter in typed)
        {
            int diagonal = row[0]++;
            for (int i = 1; i <= word.Length; i++)
            {
                int substituted = diagonal + (letter == word[i - 1] ? 0 : 1);
                diagonal = row[i];
                row[i] = Math.Min(substituted, Math.Min(row[i], row[i - 1]) + 1);
            }
        }

        return row[^1];
    }
}
