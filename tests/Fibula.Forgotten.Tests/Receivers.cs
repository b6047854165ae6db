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
