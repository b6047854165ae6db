using System.Globalization;

namespace Fibula.Testing;

/// <summary>A word in an <see cref="AsyncLocal{T}"/> and in the current culture, by which a flow can be told from another.</summary>
internal static class AmbientMark
{
    private static readonly AsyncLocal<string?> Local = new();

    /// <summary>What <see cref="Seen"/> is where nothing was set.</summary>
    public static string Nothing => "nothing";

    /// <summary>The word in the local, and the one in the culture.</summary>
    public static string Seen
    {
        get
        {
            string? ofCulture = (CultureInfo.CurrentCulture as MarkedCulture)?.Mark;
            return Local.Value is null && ofCulture is null ? Nothing : $"{Local.Value} {ofCulture}";
        }
    }

    public static void Set(string mark)
    {
        Local.Value = mark;
        CultureInfo.CurrentCulture = new MarkedCulture(mark);
    }

    /// <summary>Runs something on a thread whose flow has this mark and nothing else.</summary>
    public static void OnANewThread(string mark, Action body)
    {
        Exception? error = null;
        var thread = new Thread(() =>
        {
            try
            {
                Set(mark);
                body();
            }
            catch (Exception thrown)
            {
                error = thrown;
            }
        })
        {
            IsBackground = true,
        };
        thread.UnsafeStart();
        thread.Join();
        if (error is not null)
        {
            throw new ConformanceException($"On a thread of its own: {error.Message}", error);
        }
    }

    // A culture nobody has by default, on machines without culture data too.
    private sealed class MarkedCulture(string mark) : CultureInfo(string.Empty)
    {
        public string Mark { get; } = mark;
    }
}
