using System.Globalization;
using System.Reflection;

namespace Fibula;

/// <summary>Where a task was started, as the compiler saw it. Holds constants only, so that a name is put together when it is read.</summary>
internal readonly struct CallSite
{
    // The member that contains top-level statements.
    private const string TopLevel = "<Main>$";

    // The work's expression in the source; for a variable its method; for a lambda the type of the object that it is bound to; or a given
    // name.
    private readonly object? _work;
    private readonly string? _member;
    private readonly bool _isGiven;

    public CallSite(string? expression, string? member, string? file, int line)
    {
        _work = expression;
        _member = member;
        File = file;
        Line = line;
    }

    private CallSite(object name, CallSite place, bool isDropped = false)
    {
        _work = name;
        _isGiven = true;
        File = place.File;
        Line = place.Line;
        IsDropped = isDropped;
    }

    private CallSite(Type target, CallSite place)
    {
        _work = target;
        _member = place._member;
        File = place.File;
        Line = place.Line;
    }

    public string? File { get; }

    public int Line { get; }

    /// <summary>The call's task was dropped, or it was an <c>async void</c> method. Kept here, where it takes no space in the task.</summary>
    public bool IsDropped { get; }

    /// <summary>The name that was given, else the method group that was passed, else the calling member with its type: <c>MainWindow.Save_Click</c>. That is
    /// the class a lambda is written in; for any other expression it is taken from the file's name. In top-level statements, where all members would be the same, it is the
    /// file and the line: <c>Program:12</c>. Never a lambda's text.</summary>
    public string Name =>
        _isGiven ? _work as string ?? NameOf((MethodInfo)_work!)
        : MethodGroup(_work as string) is { IsEmpty: false } method ? method.ToString()
        : _member == TopLevel && Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{TypeName(File)}:{Line}")
        : _member is not null && _work is Type target && LambdaClass.Of(target, _member) is { } type ? $"{type}.{SourceName(_member)}"
        : MemberName(_member, File);

    /// <summary>A place with a name that was found for it.</summary>
    public static CallSite Of(string name, string? file, int line) => new(name, new CallSite(null, null, file, line));

    /// <summary>The place of a call whose task was dropped, with a name that was found for it.</summary>
    public static CallSite OfDropped(string name, string? file, int line) => new(name, new CallSite(null, null, file, line), isDropped: true);

    /// <summary>The same place, with a name that was given.</summary>
    public CallSite Named(string? name) => name is null ? this : new CallSite(name, this);

    /// <summary>The same place, with the name of the work if that was passed in a variable, whose name would be the same for all work. For a lambda,
    /// with the type that tells its class.</summary>
    /// <remarks>Asked again, for work that the library has wrapped around it, it stays as it is.</remarks>
    public CallSite Of(Delegate? work)
    {
        if (_isGiven || work is null || _work is not string expression)
        {
            return this;
        }

        if (IsVariable(expression))
        {
            return work.Method.Module == typeof(CallSite).Module ? this : new CallSite(work.Method, this);
        }

        return work.Target is { } target && MethodGroup(expression).IsEmpty ? new CallSite(target.GetType(), this) : this;
    }

    /// <summary>The site of a call whose argument is a call itself: <c>Own(LoadAsync())</c> is named <c>LoadAsync</c>.</summary>
    public static CallSite OfCall(string? expression, string? member, string? file, int line)
    {
        int arguments = expression?.IndexOf('(') ?? -1;
        return new CallSite(arguments > 0 ? expression![..arguments] : expression, member, file, line);
    }

    /// <summary>The method behind a delegate; of a lambda, the member it is written in, with its type: <c>MainWindow.Save_Click</c>.</summary>
    public static string NameOf(MethodInfo work)
    {
        string name = SourceName(work.Name);
        if (!work.Name.StartsWith('<') || work.Name.Contains(">g__", StringComparison.Ordinal))
        {
            return name;
        }

        return LambdaClass.Around(work.DeclaringType) is { } type ? $"{LambdaClass.NameOf(type)}.{name}" : name;
    }

    /// <summary>The method behind a delegate, by the name it has in the source: a lambda is named after the member it is written in.</summary>
    public static string MethodName(Delegate method) => OrUnnamed(SourceName(method.Method.Name));

    /// <summary>The name in the source of a method that the compiler has named.</summary>
    public static string SourceName(string name)
    {
        // "Save_Click", "<Save_Click>b__3_0" for a lambda, "<Save_Click>g__Check|3_0" for a local function.
        int lambda = name.LastIndexOf(">b__", StringComparison.Ordinal);
        int local = name.LastIndexOf(">g__", StringComparison.Ordinal);
        return local > lambda ? name[(local + 4)..].Split('|')[0]
            : lambda > 0 ? name[..lambda].Trim('<', '>', '$', '.')
            : name.Trim('<', '>', '$', '.');
    }

    public static string MemberName(string? member, string? file)
    {
        // A constructor is ".ctor" to the compiler, a program's top-level statements are "<Main>$".
        string name = OrUnnamed((member ?? string.Empty).Trim('.', '<', '>', '$'));
        string type = TypeName(file);
        return type.Length == 0 ? name : $"{type}.{name}";
    }

    // A method that is made at run time may have no name.
    private static string OrUnnamed(string name) => name.Length == 0 ? "unnamed" : name;

    // Paths of either kind may come from the machine that compiled; only the file's name counts, up to its first dot or brace.
    private static string TypeName(string? file)
    {
        ReadOnlySpan<char> path = file.AsSpan();
        ReadOnlySpan<char> name = path[(path.LastIndexOfAny('/', '\\') + 1)..];
        int end = name.IndexOfAny('.', '{');
        return (end < 0 ? name : name[..end]).ToString();
    }

    // "work" or "_work": a lambda is more than one word, and a method begins with a capital.
    // Not by spans, whose methods are in an assembly of their own that a program would load to start its first task.
    private static bool IsVariable(string expression)
    {
        // The last word first: for most work it decides.
        int last = expression.LastIndexOf('.') + 1;
        if (last == expression.Length || char.IsUpper(expression[last]))
        {
            return false;
        }

        for (int i = 0; i < expression.Length; i++)
        {
            if (!char.IsLetterOrDigit(expression[i]) && expression[i] is not ('_' or '@' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    // The last word of "LoadAsync", "_library.LoadAsync", "Load<int>", "Cache<int>.LoadAsync"; empty for anything else.
    // A lower-case last word is a variable that holds the work, and says nothing.
    private static ReadOnlySpan<char> MethodGroup(ReadOnlySpan<char> expression)
    {
        int start = 0;
        int end = 0;
        int depth = 0;
        for (int i = 0; i < expression.Length; i++)
        {
            char c = expression[i];
            if (c is '<' or '>')
            {
                depth += c == '<' ? 1 : -1;
            }
            else if (depth == 0)
            {
                if (c != '.' && !char.IsLetterOrDigit(c) && c is not ('_' or '@'))
                {
                    return default;
                }

                start = c == '.' ? i + 1 : start;
                end = i + 1;
            }
        }

        ReadOnlySpan<char> last = expression[start..end];
        return last.Length > 0 && char.IsUpper(last[0]) ? last : default;
    }
}
