using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace Fibula.StressTests.Fuzz;

/// <summary>Makes a delegate of any type that leads to a <see cref="Callback"/>.</summary>
internal static class Delegates
{
    private static readonly MethodInfo Run = typeof(Callback).GetMethod(nameof(Callback.Run), [typeof(Type), typeof(object[])])!;
    private static readonly ConcurrentDictionary<Type, Func<Callback, Delegate>> Makers = new();

    public static Delegate Create(Type type, Callback callback) => Makers.GetOrAdd(type, MakerOf)(callback);

    private static Func<Callback, Delegate> MakerOf(Type type)
    {
        MethodInfo invoke = type.GetMethod("Invoke")!;
        ParameterExpression callback = Expression.Parameter(typeof(Callback));
        ParameterExpression[] parameters = [.. invoke.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType))];
        Expression arguments = Expression.NewArrayInit(typeof(object), parameters.Select(parameter => Expression.Convert(parameter, typeof(object))));
        Expression call = Expression.Call(callback, Run, Expression.Constant(invoke.ReturnType), arguments);
        Expression body = invoke.ReturnType == typeof(void) ? call : Expression.Convert(call, invoke.ReturnType);
        LambdaExpression inner = Expression.Lambda(type, body, parameters);
        return Expression.Lambda<Func<Callback, Delegate>>(Expression.Convert(inner, typeof(Delegate)), callback).Compile();
    }
}
