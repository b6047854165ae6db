namespace Fibula.StressTests.Fuzz;

/// <summary>The tasks that callbacks return: ended, failed, canceled, none at all, and asynchronous work of some steps.</summary>
internal static class Work
{
    public static object? Create(Player player, Type type, object?[] arguments, bool mayThrow) =>
        type == typeof(Task) ? Create<bool>(player, arguments, mayThrow)
        : typeof(Work).GetMethod(nameof(Create), 1, [typeof(Player), typeof(object[]), typeof(bool)])!
            .MakeGenericMethod(type.GetGenericArguments()[0]).Invoke(null, System.Reflection.BindingFlags.DoNotWrapExceptions, binder: null, [player, arguments, mayThrow], culture: null);

    public static Task<T>? Create<T>(Player player, object?[] arguments, bool mayThrow)
    {
        Random random = player.Random;
        TaskContext? context = arguments.OfType<TaskContext>().FirstOrDefault();
        CancellationToken token = arguments.OfType<CancellationToken>().FirstOrDefault(context?.CancellationToken ?? default);
        var result = (T)Values.Make(player, typeof(T), "result", isNullable: true)!;
        if (player.World.IsReleased || !player.World.IsPlaying)
        {
            return Task.FromResult(result);
        }

        return random.Next(20) switch
        {
            < 5 => Task.FromResult(result),
            5 when mayThrow => Task.FromException<T>(player.World.NewError(random)),
            6 when mayThrow => Task.FromCanceled<T>(new CancellationToken(canceled: true)),
            7 when mayThrow => null,
            _ => RunAsync(player.World, random.Next(), context, result, mayThrow, token),
        };
    }

    private static async Task<T> RunAsync<T>(World world, int seed, TaskContext? context, T result, bool mayThrow, CancellationToken token)
    {
        var random = new Random(seed);
        for (int steps = random.Next(4); steps > 0 && !world.IsReleased; steps--)
        {
            await StepAsync(world, random, context, token).ConfigureAwait(random.Next(2) == 0);
            if (random.Next(3) == 0)
            {
                using var player = new Player(world, new Random(random.Next()));
                player.Step();
            }
        }

        switch (random.Next(8))
        {
            case 0 when mayThrow:
                throw world.NewError(random);
            case 1:
                // Until it is told, or the episode ends.
                await Task.WhenAny(world.Released, Task.Delay(Timeout.Infinite, token)).ConfigureAwait(true);
                if (mayThrow)
                {
                    token.ThrowIfCancellationRequested();
                }

                break;
            case 2:
                // Whatever it is told.
                await world.Released.ConfigureAwait(false);
                break;
        }

        return result;
    }

    private static Task StepAsync(World world, Random random, TaskContext? context, CancellationToken token)
    {
        switch (random.Next(7))
        {
            case 0 when context is not null:
                return Task.WhenAny(world.Released, context.Delay(TimeSpan.FromMilliseconds(random.Next(20_000))));
            case 1 when context is not null:
                return SwitchAsync(context, random.Next(2) == 0);
            case 2:
                return Task.Run(static () => { }, CancellationToken.None);
            case 3 when world.AnyOf<BackgroundTask>(random) is { } other:
                return Task.WhenAny(world.Released, other.AsTask());
            case 4:
                token.Register(() => new Callback(world, random.Next()).Run(typeof(void), []));
                return Task.CompletedTask;
            case 5 when context is not null:
                return Task.WhenAny(
                    world.Released,
                    context.ShieldAsync(inner => RunAsync(world, random.Next(), inner, true, mayThrow: true, inner.CancellationToken)).AsTask());
            default:
                return YieldAsync();
        }
    }

    private static async Task SwitchAsync(TaskContext context, bool toUi) =>
        await (toUi ? context.SwitchToUiAsync() : context.SwitchToThreadPoolAsync());

    private static async Task YieldAsync() => await Task.Yield();
}
