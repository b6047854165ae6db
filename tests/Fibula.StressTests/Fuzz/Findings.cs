using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Fibula.StressTests.Fuzz;

/// <summary>What the fuzz has found, each once.</summary>
internal static class Findings
{
    // Nobody throws these on purpose: where one comes up, the code that was called is wrong.
    private static readonly Type[] Mistakes =
    [
        typeof(NullReferenceException), typeof(InvalidCastException), typeof(IndexOutOfRangeException), typeof(KeyNotFoundException), typeof(OverflowException),
        typeof(DivideByZeroException), typeof(ArrayTypeMismatchException), typeof(SynchronizationLockException), typeof(ObjectDisposedException),
        typeof(MissingMethodException), typeof(FormatException), typeof(NotImplementedException), typeof(UnreachableException),
    ];

    private static readonly ConcurrentDictionary<string, string> Found = new();

    [ThreadStatic]
    private static bool _isLooking;

    /// <summary>Which episode runs, to play it again.</summary>
    public static string Episode { get; set; } = string.Empty;

    public static IReadOnlyCollection<string> All => [.. Found.OrderBy(finding => finding.Key, StringComparer.Ordinal).Select(finding => finding.Value)];

    public static bool IsEmpty => Found.IsEmpty;

    public static void Add(string key, string details) => Found.TryAdd(key, $"{Episode}: {key}\n{details}");

    public static void Clear() => Found.Clear();

    /// <summary>An exception, also one that cannot be read.</summary>
    public static string Show(Exception error)
    {
        try
        {
            return error.ToString();
        }
        catch (InvalidTimeZoneException)
        {
            return error.GetType().Name;
        }
    }

    /// <summary>A call has thrown: it may be what its documentation says, or what a callback has thrown.</summary>
    public static void Judge(World world, Call call, Exception error)
    {
        if (world.IsThrownHere(error) || (error is AggregateException many && many.InnerExceptions.All(world.IsThrownHere)))
        {
            if (!call.Member.LetsErrorsOut)
            {
                Add($"{call.Member.Id} throws what a callback has thrown", call.ToString());
            }

            return;
        }

        if (!call.Member.Documented.Any(type => type.IsInstanceOfType(error)) && (!call.Member.GivesErrorsBack || IsMistake(error)))
        {
            Add($"{call.Member.Id} throws {error.GetType().Name}, which is not documented", $"{call}\n{Show(error)}");
        }
        else if (error is ArgumentException argument)
        {
            JudgeArgument(call, argument);
        }
    }

    public static void JudgeAll(World world, Call call, AggregateException errors)
    {
        foreach (Exception error in errors.InnerExceptions)
        {
            Judge(world, call, error);
        }
    }

    /// <summary>Something came out at a place where only callbacks' own errors do.</summary>
    public static void Judge(string place, Exception error)
    {
        if (IsMistake(error))
        {
            Add($"{error.GetType().Name} at {place}", error.ToString());
        }
    }

    /// <summary>Hears of every exception of the process as it is thrown, also where somebody catches it.</summary>
    public static void Look(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (_isLooking || !IsMistake(thrown.Exception))
        {
            return;
        }

        _isLooking = true;
        try
        {
            LookAtStack(thrown.Exception);
        }
        finally
        {
            _isLooking = false;
        }
    }

    /// <summary>The process ends, but for the test framework, which may go on.</summary>
    public static void LookAtUnhandled(object sender, UnhandledExceptionEventArgs unhandled) =>
        Add("The process ends", Show((Exception)unhandled.ExceptionObject));

    /// <summary>Nobody has looked at the error of a task: one of the library's own.</summary>
    public static void LookAtUnobserved(object? sender, UnobservedTaskExceptionEventArgs unobserved)
    {
        foreach (Exception error in unobserved.Exception.Flatten().InnerExceptions.Where(static error => IsMistake(error)))
        {
            Add($"Nobody observes {error.GetType().Name}", error.ToString());
        }
    }

    private static void LookAtStack(Exception error)
    {
        var stack = new StackTrace(2, fNeedFileInfo: true);
        MethodBase? first = stack.GetFrames().Select(static frame => frame.GetMethod()).FirstOrDefault(static method => method is not null && !IsOfTheFramework(method));
        if (first?.DeclaringType is { } type && Surface.Assemblies.Contains(type.Assembly))
        {
            Add($"{error.GetType().Name} inside {type.Name}.{first.Name}", $"{error.Message}\n{stack}");
        }
    }

    // An invalid operation is one of ours where we say so, and a mistake where a collection, an enumerator or a completion source does.
    private static bool IsMistake(Exception error) =>
        Mistakes.Any(type => type.IsInstanceOfType(error))
        || (error.GetType() == typeof(InvalidOperationException) && error.TargetSite is { DeclaringType.Name: "ThrowHelper" });

    private static bool IsOfTheFramework(MethodBase method) =>
        method.DeclaringType is { } type && (type.Assembly == typeof(object).Assembly || type.Assembly.GetName().Name!.StartsWith("System.", StringComparison.Ordinal)
            || type == typeof(Findings));

    private static void JudgeArgument(Call call, ArgumentException error)
    {
        int index = Array.FindIndex(call.Member.Parameters, parameter => parameter.Name == error.ParamName);
        if (index < 0)
        {
            Add($"{call.Member.Id} names '{error.ParamName}', which is no parameter of it", $"{call}\n{Show(error)}");
        }
        else if (error is ArgumentNullException && call.Arguments[index] is not null)
        {
            Add($"{call.Member.Id} says that '{error.ParamName}' is null, which it is not", $"{call}\n{Show(error)}");
        }
        else if (error is ArgumentNullException && call.Member.AcceptsNull(index))
        {
            Add($"{call.Member.Id} refuses null for '{error.ParamName}', which is nullable", $"{call}\n{Show(error)}");
        }
    }
}
