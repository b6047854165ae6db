namespace Fibula;

/// <summary>Where a task was started, as the compiler saw it. Holds constants only, so that a name costs nothing until it is read.</summary>
internal readonly struct CallSite(string? expression, string? member, string? file, int line)
{
    private readonly bool _isNamed = false;

    private CallSite(string name, CallSite place)
        : this(expression: null, name, place.File, place.Line)
    {
        _isNamed = true;
    }

    public string? File { get; } = file;

    public int Line { get; } = line;

    /// <summary>The method group that was passed, else the calling member with its type; never a lambda's text.</summary>
    public string Name => _isNamed ? member! : MethodGroup() ?? Member;

    /// <summary>The calling member with its type, which is taken from the file's name: <c>MainWindow.Save_Click</c>.</summary>
    public string Member => MemberName(member, File);

    /// <summary>The same place, with a name that was given.</summary>
    public CallSite Named(string? name) => name is null ? this : new CallSite(name, this);

    /// <summary>The site of a call whose argument is a call itself: <c>Own(LoadAsync())</c> is named <c>LoadAsync</c>.</summary>
    public static CallSite OfCall(string? expression, string? member, string? file, int line)
    {
        int arguments = expression?.IndexOf('(') ?? -1;
        return new CallSite(arguments > 0 ? expression![..arguments] : expression, member, file, line);
    }

    /// <summary>The method behind a delegate, by the name it has in the source: a lambda is named after the member it is written in.</summary>
    public static string MethodName(Delegate method)
    {
        // "Save_Click", "<Save_Click>b__3_0" for a lambda, "<Save_Click>g__Check|3_0" for a local function.
        string name = method.Method.Name;
        int lambda = name.LastIndexOf(">b__", StringComparison.Ordinal);
        int local = name.LastIndexOf(">g__", StringComparison.Ordinal);
        return local > lambda ? name[(local + 4)..].Split('|')[0]
            : lambda > 0 ? name[..lambda].Trim('<', '>', '$')
            : name;
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
