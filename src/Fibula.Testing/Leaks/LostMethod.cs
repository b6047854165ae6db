namespace Fibula.Testing;

/// <summary>A method that was lost, by the type that the compiler has made of it: <c>App.MainWindow+&lt;LoadAsync&gt;d__4</c>.</summary>
internal readonly struct LostMethod
{
    private readonly string[] _types;

    /// <summary>Reads the runtime's description: the type in the first line, below it the fields, which may be personal.</summary>
    public LostMethod(string description)
    {
        // "App.Cache`1+<LoadAsync>d__0`1[[System.Int32, …]]"
        string type = description.Split('\n')[0].Split("[[")[0].TrimEnd();
        _types = type.Replace(@"\", "", StringComparison.Ordinal).Split('+');
    }

    /// <summary>The innermost type alone.</summary>
    public string TypeName => _types[^1];

    /// <summary>The method as it is called in the source: <c>MainWindow.LoadAsync</c>, <c>a lambda in MainWindow.Open</c>, <c>Check in MainWindow.Open</c>.</summary>
    public string Name
    {
        get
        {
            // Inside "<…>d__4": "LoadAsync", "<Open>b__4_0" for a lambda, "<Open>g__Check|4_0" for a local function.
            string method = TypeName.StartsWith('<') ? TypeName[1..TypeName.LastIndexOf('>')] : TypeName;
            int lambda = method.LastIndexOf(">b__", StringComparison.Ordinal);
            int local = method.LastIndexOf(">g__", StringComparison.Ordinal);
            return local > 0 ? $"{method[(local + 4)..].Split('|')[0]} in {MemberName(method[..local])}"
                : lambda > 0 ? $"a lambda in {MemberName(method[..lambda])}"
                : MemberName(method);
        }
    }

    // A dot is a dash here: "-ctor" for a constructor, "App-ILoader-LoadAsync" for an explicit implementation. Top-level statements are "<Main>$".
    private string MemberName(string method)
    {
        string member = method[(method.LastIndexOf('-') + 1)..].Trim('<', '>', '$');
        string? type = _types[..^1].Select(AuthorsName).LastOrDefault(name => name.Length > 0);
        return type is null ? member : $"{type}.{member}";
    }

    // Empty for a type of the compiler's, such as a closure. A file-local one is "<MainWindow>F0A1B__Loader".
    private static string AuthorsName(string type)
    {
        string name = type[(type.LastIndexOf('.') + 1)..].Split('`')[0];
        return !name.StartsWith('<') ? name
            : name.Contains(">F", StringComparison.Ordinal) ? name[(name.IndexOf("__", StringComparison.Ordinal) + 2)..]
            : "";
    }
}
