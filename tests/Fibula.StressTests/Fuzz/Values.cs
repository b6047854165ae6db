using Fibula.Diagnostics;
using Fibula.Toolkits;

namespace Fibula.StressTests.Fuzz;

/// <summary>Arguments: usual, extreme and wrong ones.</summary>
internal static class Values
{
    private static readonly string?[] Texts =
    [
        "load", "load", "a name", string.Empty, " ", "two\r\nlines", "\u001b[31mred\u0007", "\ud800 half a pair", "\u202eright to left", "{0} {", "%s%n", "\0", new string('x', 100_000),
    ];

    private static readonly long[] Numbers = [0, 1, 1, 2, 3, 7, 42, -1, -7, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, int.MaxValue - 1L];

    private static readonly double[] Reals =
    [
        0, 0.5, 1, 1.5, -1, 42, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, double.Epsilon, -0.0,
    ];

    private static readonly TimeSpan[] Times =
    [
        TimeSpan.Zero, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), TimeSpan.FromDays(60), TimeSpan.FromTicks(-1), Timeout.InfiniteTimeSpan,
        TimeSpan.FromSeconds(-7), TimeSpan.MaxValue, TimeSpan.MinValue, TimeSpan.FromMilliseconds(uint.MaxValue - 1.0), TimeSpan.FromMilliseconds(uint.MaxValue),
    ];

    /// <summary>What there is no value of yet.</summary>
    public static readonly object Missing = new();

    public static object? Make(Player player, Type type, string name, bool isNullable)
    {
        Random random = player.Random;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return random.Next(3) == 0 ? null : Make(player, underlying, name, isNullable: false);
        }

        if (!type.IsValueType && random.Next(100) < (isNullable ? 35 : 6))
        {
            return null;
        }

        if (type.IsByRef)
        {
            return null;
        }

        return type switch
        {
            _ when type == typeof(string) => Pick(random, Texts),
            _ when type == typeof(bool) => random.Next(2) == 0,
            _ when type == typeof(int) => (int)Math.Clamp(Number(random), int.MinValue, int.MaxValue),
            _ when type == typeof(long) => Number(random),
            _ when type == typeof(double) => Real(random),
            _ when type == typeof(TimeSpan) => Time(random, name),
            _ when type == typeof(double[]) || type == typeof(ReadOnlySpan<double>) => Weights(random),
            _ when type.IsEnum => Enum.ToObject(type, random.Next(12) == 0 ? random.Next(-1, 100) : random.Next(Enum.GetValues(type).Length)),
            _ when type == typeof(TaskOptions) => Options(player),
            _ when type == typeof(TaskProgress) => Progress(player),
            _ when type == typeof(CancellationToken) => player.World.NewToken(random),
            _ when type == typeof(Thread) => random.Next(2) == 0 ? Thread.CurrentThread : player.World.Stranger,
            _ when type == typeof(TimeProvider) => random.Next(2) == 0 ? TimeProvider.System : new FuzzClock(random.Next()),
            _ when type == typeof(SynchronizationContext) => player.World.AnyOf<FuzzContext>(random) is { } known && random.Next(2) == 0 ? known : NewContext(player),
            _ when type == typeof(Exception) => player.World.NewError(random),
            _ when type == typeof(object) => AnyObject(player),
            _ when type == typeof(IReadOnlyList<TaskSnapshot>) => player.World.SomeOf<TaskSnapshot>(random),
            _ when type == typeof(IEnumerable<WindowClosing>) => player.World.SomeOf<WindowClosing>(random),
            _ when type == typeof(Task) || IsA(type, typeof(Task<>)) => Work.Create(player, type, [], mayThrow: true),
            _ when type.IsAssignableTo(typeof(Delegate)) => Call(player, type == typeof(Delegate) ? typeof(Action) : type, mayThrow: true),
            _ => player.World.AnyOf(type, random) ?? (type.IsValueType ? Activator.CreateInstance(type) : Missing),
        };
    }

    public static Delegate Call(Player player, Type type, bool mayThrow) =>
        Delegates.Create(type, new Callback(player.World, player.Random.Next(), mayThrow));

    public static TimeSpan Time(Random random, string name) => name switch
    {
        // Virtual time goes from timer to timer: neither a year of short periods, nor a short time of none.
        "time" => TimeSpan.FromMilliseconds(random.Next(-1, 5) * 700),
        _ when random.Next(3) == 0 => TimeSpan.FromMilliseconds(random.Next(5_000)),
        _ => Pick(random, Times),
    };

    // A toolkit's, and not that of another loop of ours: after its end, that throws on the pool what nobody has handled, as the runtime does with async void.
    private static FuzzContext NewContext(Player player)
    {
        var context = new FuzzContext();
        player.World.Add(context);
        return context;
    }

    private static bool IsA(Type type, Type open) => type.IsGenericType && type.GetGenericTypeDefinition() == open;

    private static T Pick<T>(Random random, IReadOnlyList<T> values) => values[random.Next(values.Count)];

    private static long Number(Random random) => random.Next(2) == 0 ? random.Next(100) : Pick(random, Numbers);

    private static double Real(Random random) => random.Next(2) == 0 ? random.NextDouble() : Pick(random, Reals);

    private static double[] Weights(Random random) =>
        [.. Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(6) == 0 ? Pick(random, Reals) : random.Next(1, 5))];

    private static TaskOptions Options(Player player)
    {
        Random random = player.Random;
        TimeSpan deadline = Time(random, "Deadline");
        return new TaskOptions
        {
            Name = random.Next(2) == 0 || Pick(random, Texts) is not { Length: > 0 } name ? null : name,
            OnClose = player.World.AnyOf<ClosePolicy>(random),
            Deadline = random.Next(4) != 0 || deadline < TimeSpan.Zero ? null : deadline,
            CancellationToken = random.Next(3) == 0 ? player.World.NewToken(random) : default,
        };
    }

    private static TaskProgress Progress(Player player)
    {
        Random random = player.Random;
        return new TaskProgress
        {
            Fraction = random.Next(3) == 0 ? null : Real(random),
            Completed = Number(random),
            Total = random.Next(3) == 0 ? null : Number(random),
            Message = random.Next(3) == 0 ? null : Pick(random, Texts),
            Rate = random.Next(3) == 0 ? null : Real(random),
            Remaining = random.Next(3) == 0 ? null : Pick(random, Times),
        };
    }

    private static object? AnyObject(Player player) => player.Random.Next(5) switch
    {
        0 => "text",
        1 => 42,
        2 => new FuzzView("a view"),
        3 => player.World.AnyOf<FuzzView>(player.Random),
        _ => player.World.AnyOf<object>(player.Random),
    };
}
