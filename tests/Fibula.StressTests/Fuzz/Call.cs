using System.Globalization;

namespace Fibula.StressTests.Fuzz;

/// <summary>A call that was made, for whoever reads about a finding.</summary>
internal sealed class Call(Member member, object? target, object?[] arguments, int depth)
{
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public Member Member => member;

    public object?[] Arguments => arguments;

    public string Outcome { get; set; } = "has not returned";

    public override string ToString() =>
        $"{new string(' ', depth * 2)}[{_thread}] {member} on {Show(target)} ({string.Join(", ", arguments.Select(Show))}): {Outcome}";

    // Not by ToString of the library's own objects, which may be what hangs.
    private static string Show(object? value) => value switch
    {
        null => "null",
        string text => $"\"{Printable(text.Length > 40 ? text[..40] + "…" : text)}\"",
        Delegate or Task or Exception => value.GetType().Name,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        System.Collections.IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Show))}]",
        _ => $"{value.GetType().Name}#{System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value) & 0xffff:x}",
    };

    private static string Printable(string text) =>
        string.Concat(text.Select(static letter => char.IsAsciiLetterOrDigit(letter) || char.IsPunctuation(letter) || letter == ' ' ? letter.ToString() : $"\\u{(int)letter:x4}"));
}
