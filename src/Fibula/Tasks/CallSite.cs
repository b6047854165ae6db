namespace Fibula;

/// <summary>Where a task was started, as the compiler saw it. Holds constants only, so that a name costs nothing until it is read.</summary>
internal readonly struct CallSite(string? expression, string? member, string? file, int line)
{
    public string? File { get; } = file;

    public int Line { get; } = line;

    /// <summary>The method group that was passed, else the calling member with its type; never a lambda's text.</summary>
    public string Name => MethodGroup() ?? Member;

    /// <summary>The calling member with its type, which is taken from the file's name: <c>MainWindow.Save_Click</c>.</summary>
    public string Member => MemberName(member, File);

    /// <summary>The site of a call whose argument is a call itself: <c>Own(LoadAsync())</c> is named <c>LoadAsync</c>.</summary>
    public static CallSite OfCall(string? expression, string? member, string? file, int line)
    {
        int arguments = expression?.IndexOf('(') ?? -1;
        return new CallSite(arguments > 0 ? expression![..arguments] : expression, member, file, line);
    }

    public static string MemberName(string? member, string? file)
    {
        // A constructor is ".ctor" to the compiler, a program's top-level statements are "<Main>$".
        string name = (member ?? "unnamed").Trim('.', '<', '>', '$');
        string type = TypeName(file);
        return type.Length == 0 ? name : $"{type}.{name}";
    }

    // Paths of either kind may come from the machine that compiled; only the file's name counts, up to its first dot or brace.
    private static string TypeName(string? file)
    {
        ReadOnlySpan<char> path = file.AsSpan();
        ReadOnlySpan<char> name = path[(path.LastIndexOfAny('/', '\\') + 1)..];
        int end = name.IndexOfAny('.', '{');
        return (end < 0 ? name : name[..end]).ToString();
    }

    // "LoadAsync", "_library.LoadAsync", "Load<int>". A lower-case last word is a variable that holds the work, and says nothing.
    private string? MethodGroup()
    {
        ReadOnlySpan<char> text = expression.AsSpan().Trim();
        int generic = text.IndexOf('<');
        if (generic > 0 && text[^1] == '>')
        {
            text = text[..generic];
        }

        foreach (char c in text)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '.' or '@'))
            {
                return null;
            }
        }

        ReadOnlySpan<char> last = text[(text.LastIndexOf('.') + 1)..];
        return last.Length > 0 && char.IsUpper(last[0]) ? last.ToString() : null;
    }
}
