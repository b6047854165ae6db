using System.Runtime.CompilerServices;

namespace Fibula.Forgotten.Tests;

internal sealed class TestException : Exception;

internal interface IService
{
    Task FailAsync();
}

internal sealed class Service : IService
{
    public Task FailAsync() => Shapes.ThrowAsync();
}

internal static class ServiceExtensions
{
    public static Task FailFromOutsideAsync(this IService service, int times) => times == 1 ? service.FailAsync() : Task.CompletedTask;
}

internal static class Static
{
    public static int DropPrivate() { _ = FailAsync(); return Line(); }

    private static int Line([CallerLineNumber] int line = 0) => line;

    private static Task FailAsync() => Shapes.ThrowAsync();
}

internal sealed class Generic<T>
    where T : struct
{
    public Task FailAsync<TOther>(TOther other, T value)
        where TOther : class => other.Equals(value) ? Task.CompletedTask : Shapes.ThrowAsync();

    public int DropPrivate() { _ = FailPrivatelyAsync(new List<T>(), ""); return Line(); }

    private static int Line([CallerLineNumber] int line = 0) => line;

    private Task FailPrivatelyAsync<TOther>(List<T> values, TOther other)
        where TOther : class => values.Equals(other) ? Task.CompletedTask : Shapes.ThrowAsync();
}

internal struct Point
{
    private int _x;

    public Task FailAsync()
    {
        _x++;
        return Shapes.ThrowAsync();
    }

    public int DropPrivate() { _ = FailPrivatelyAsync(); return _x == 1 ? Line() : 0; }

    private static int Line([CallerLineNumber] int line = 0) => line;

    private Task FailPrivatelyAsync()
    {
        _x++;
        return Shapes.ThrowAsync();
    }
}

internal readonly struct Place
{
    public Task FailAsync() => Shapes.ThrowAsync();

    public int DropPrivate() { FailPrivatelyAsync(); return Line(); }

    private static int Line([CallerLineNumber] int line = 0) => line;

    private Task FailPrivatelyAsync() => Shapes.ThrowAsync();
}

internal sealed class Box<T>(T content)
{
    public T FOpen() => content;

    public TOther FOpenAs<TOther>()
        where TOther : class, T => (TOther)(object)content!;
}

internal static class Blocks
{
    extension(string text)
    {
        public Task FailInABlockAsync(int times) => text.Length + times == 1 ? Shapes.ThrowAsync() : Task.CompletedTask;

        public static Task FailOfAllAsync() => Shapes.ThrowAsync();
    }

    extension<T>(List<T> list)
    {
        public Task FailInABlockOfAsync<TOther>(TOther other) => list.Equals(other) ? Task.CompletedTask : Shapes.ThrowAsync();
    }
}

internal sealed class Around<TOuter>
    where TOuter : notnull
{
    internal sealed class Inner<T>
        where T : class
    {
        public Task FailAsync<TOther>(TOuter outer, T? inner, TOther other)
            where TOther : struct => outer.Equals(inner) || other.Equals(inner) ? Task.CompletedTask : Shapes.ThrowAsync();

        public int DropPrivate() { FailPrivatelyAsync<List<TOuter>>(default!); return Line(); }

        private static int Line([CallerLineNumber] int line = 0) => line;

        private static Task FailPrivatelyAsync<TOther>(T inner)
            where TOther : IEnumerable<TOuter>, new() => new TOther().Equals(inner) ? Task.CompletedTask : Shapes.ThrowAsync();
    }
}
