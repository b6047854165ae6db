using System.Reflection;

namespace Fibula.StressTests.Fuzz;

/// <summary>The names that the XML documentation has for members.</summary>
internal static class DocId
{
    public static string Of(MemberInfo member) => member switch
    {
        PropertyInfo property => $"P:{TypeName(property.DeclaringType!)}.{property.Name}",
        EventInfo @event => $"E:{TypeName(@event.DeclaringType!)}.{@event.Name}",
        MethodBase method => $"M:{TypeName(method.DeclaringType!)}.{MethodName(method)}{Parameters(method)}",
        _ => throw new ArgumentException($"{member} is no member that can be called.", nameof(member)),
    };

    private static string MethodName(MethodBase method) =>
        method.IsConstructor ? "#ctor" : method.IsGenericMethod ? $"{method.Name}``{method.GetGenericArguments().Length}" : method.Name;

    private static string Parameters(MethodBase method)
    {
        ParameterInfo[] parameters = method.GetParameters();
        return parameters.Length == 0 ? string.Empty : $"({string.Join(",", parameters.Select(parameter => ParameterName(parameter.ParameterType)))})";
    }

    private static string TypeName(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string ParameterName(Type type)
    {
        if (type.IsByRef)
        {
            return ParameterName(type.GetElementType()!) + "@";
        }

        if (type.IsArray)
        {
            return ParameterName(type.GetElementType()!) + "[]";
        }

        if (type.IsGenericParameter)
        {
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        }

        string name = TypeName(type);
        return type.IsGenericType ? $"{name.Split('`')[0]}{{{string.Join(",", type.GetGenericArguments().Select(ParameterName))}}}" : name;
    }
}
