using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>Finds the class that a lambda is written in by the object that its delegate is bound to, which costs nothing where the task is started.</summary>
internal static class LambdaClass
{
    private const BindingFlags DeclaredMethod = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    // What reflection has found once. Names of classes, by the type of the object and the member; empty where there is none.
    private static readonly ConditionalWeakTable<Type, ConcurrentDictionary<string, string>> Known = [];

    /// <summary>The name of the class.</summary>
    /// <param name="target">The type of the object: the compiler's class for captured variables, or the class that contains the lambda, or a derived class.</param>
    /// <param name="member">The member that the lambda is written in.</param>
    /// <returns>Null where the object has no lambda of that member: the work came from elsewhere.</returns>
    public static string? Of(Type target, string member)
    {
        if (target.Module == typeof(LambdaClass).Module)
        {
            return null;
        }

        string name = Known.GetOrCreateValue(target).GetOrAdd(member, static (member, target) => Find(target, member), target);
        return name.Length == 0 ? null : name;
    }

    /// <summary>The class around what the compiler has made; null where there is none.</summary>
    public static Type? Around(Type? type)
    {
        while (type is not null && type.Name.StartsWith('<'))
        {
            type = type.DeclaringType;
        }

        return type;
    }

    /// <summary>The name of a class in the source, without its type parameters.</summary>
    public static string NameOf(Type type) => type.Name.Split('`')[0];

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Where the method was trimmed away nothing is found, and the file tells the name.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "As above.")]
    private static string Find(Type target, string member)
    {
        for (Type? type = target; type is not null; type = type.BaseType)
        {
            if (type.GetMethods(DeclaredMethod).Any(method => IsOf(method.Name, member)) && Around(type) is { } written)
            {
                return NameOf(written);
            }
        }

        return string.Empty;
    }

    // "<Save_Click>b__3_0"; "<get_Total>b__0" in a property Total, "<IReader.Read>b__0" where the member implements an interface explicitly.
    private static bool IsOf(string lambda, string member)
    {
        int end = lambda.LastIndexOf(">b__", StringComparison.Ordinal);
        return end > 0
            && lambda.AsSpan(1, end - 1) is var written
            && written.EndsWith(member, StringComparison.Ordinal)
            && (written.Length == member.Length || written[..^member.Length] is [.., '.'] or "get_" or "set_" or "add_" or "remove_" or [.., '.', 'g' or 's', 'e', 't', '_']);
    }
}
