using System.Globalization;

namespace Fibula.Benchmarks;

/// <summary>What is to be true of an answer.</summary>
internal sealed record Goal(string Text, Func<Answer, bool> IsMet)
{
    /// <summary>At most this much more than the peer.</summary>
    public static Goal Adds(double nanoseconds, double bytes) =>
        new(
            Format($"at most +{nanoseconds:N0} ns and +{bytes:N0} B"),
            answer => answer.AddedNanoseconds <= nanoseconds && answer.AddedBytes <= bytes);

    /// <inheritdoc cref="Adds(double, double)"/>
    public static Goal Adds(double nanoseconds) =>
        new(Format($"at most +{nanoseconds:N0} ns"), answer => answer.AddedNanoseconds <= nanoseconds);

    /// <summary>At most this many times what the peer takes.</summary>
    public static Goal Times(double ratio) => new(Format($"at most {ratio:0.##}x"), answer => answer.Ratio <= ratio);

    /// <summary>At least this many times as fast as the peer.</summary>
    public static Goal Faster(double times) => new(Format($"at least {times:0.##}x faster"), answer => answer.Ratio * times <= 1);

    /// <summary>A call, or a turn of the loop, takes at most this long.</summary>
    public static Goal Within(double milliseconds) =>
        new(Format($"at most {milliseconds:0.##} ms"), answer => answer.Ours.Nanoseconds <= milliseconds * 1e6);

    public Goal And(string text, Func<Answer, bool> isMet) => new($"{Text}, {text}", answer => IsMet(answer) && isMet(answer));

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
