namespace Fibula.StressTests.Fuzz;

/// <summary>User code: returns, throws, calls something else of the library, blocks for a moment. All of it from a seed.</summary>
internal sealed class Callback(World world, int seed, bool mayThrow = true)
{
    private int _calls;

    public World World => world;

    /// <summary>Called by a delegate, or by a hook of a double.</summary>
    public object? Run(Type returns, object?[] arguments)
    {
        int call = Interlocked.Increment(ref _calls);
        Array.ForEach(arguments, world.Add);
        using var player = new Player(world, new Random(unchecked((seed * 397) + call)));
        if (world.IsPlaying && !world.IsReleased && player.Depth <= Player.DeepestCallback)
        {
            Misbehave(player, call);
        }

        return Result(player, returns, arguments, call);
    }

    public T Run<T>(params object?[] arguments) => (T)Run(typeof(T), arguments)!;

    /// <summary>Throws now and then, and does nothing else: for what must not call back.</summary>
    public void Fail()
    {
        var random = new Random(unchecked((seed * 397) + Interlocked.Increment(ref _calls)));
        if (world.IsPlaying && !world.IsReleased && random.Next(8) == 0)
        {
            throw world.NewError(random);
        }
    }

    private void Misbehave(Player player, int call)
    {
        switch (player.Random.Next(100))
        {
            case < 12 when mayThrow:
                throw world.NewError(player.Random);
            case < 35:
                player.Step();
                break;
            case < 38:
                player.Step();
                player.Step();
                break;
            case < 40:
                world.Block(TimeSpan.FromMilliseconds(1));
                break;
            case < 44 when !player.HoldsLock && call % 2 == 0:
                world.UnderUsersLock(static () => { });
                break;
        }
    }

    private object? Result(Player player, Type returns, object?[] arguments, int call)
    {
        if (returns == typeof(void))
        {
            return null;
        }

        if (returns == typeof(Task) || (returns.IsGenericType && returns.GetGenericTypeDefinition() == typeof(Task<>)))
        {
            return Work.Create(player, returns, arguments, mayThrow);
        }

        // A condition comes true in the end, or whoever waits for it waits for ever.
        return returns == typeof(bool) ? call > 3 || world.IsReleased || player.Random.Next(2) == 0 : Values.Make(player, returns, "result", isNullable: false);
    }
}
