using System.Reflection;

namespace Fibula.Avalonia.Tests.Stage;

/// <summary>Stands in for a part of the platform that is not there: its properties hold what they are set to, and its methods do nothing.</summary>
public class Stub : DispatchProxy
{
    private readonly Dictionary<string, object?> _values = [];
    private readonly Dictionary<string, Func<object?[], object?>> _methods = [];

    public object? this[string property]
    {
        get => _values.GetValueOrDefault(property);
        set => _values[property] = value;
    }

    public static T Of<T>(Action<Stub>? prepare = null)
        where T : class
    {
        T stub = Create<T, Stub>();
        prepare?.Invoke((Stub)(object)stub);
        return stub;
    }

    /// <summary>Makes a method do something.</summary>
    public void Does(string method, Func<object?[], object?> body) => _methods[method] = body;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        string name = targetMethod!.Name;
        if (_methods.TryGetValue(name, out Func<object?[], object?>? body))
        {
            return body(args ?? []);
        }

        if (name.StartsWith("set_", StringComparison.Ordinal))
        {
            _values[name[4..]] = args![0];
            return null;
        }

        return _values.TryGetValue(name.Replace("get_", null, StringComparison.Ordinal), out object? value) ? value : NothingOf(targetMethod.ReturnType);
    }

    private static object? NothingOf(Type type) =>
        type == typeof(void) ? null
        : type.IsValueType ? Activator.CreateInstance(type)
        : type.IsArray ? Array.CreateInstance(type.GetElementType()!, 0)
        : type.IsInterface && type.Namespace!.StartsWith("Avalonia", StringComparison.Ordinal) ? Create(type, typeof(Stub))
        : null;
}
