namespace Workbench;

internal static class LossyName
{
    private const char ReplacementCharacter = '\uFFFD';

    /// <summary>Whether these characters may stand for bytes that are not UTF-8. Some names really have that character.</summary>
    public static bool IsPossible(string name) => name.Contains(ReplacementCharacter);
}
