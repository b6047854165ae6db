using System.Reflection;
using System.Runtime.CompilerServices;
using Fibula.Toolkits;

namespace Fibula.StressTests.Fuzz;

/// <summary>One thing of the public surface that can be called: a method, an accessor or a constructor, closed over its type arguments.</summary>
internal sealed class Member(string id, MethodBase method, IReadOnlyList<Type> documented)
{
    private readonly NullabilityInfo?[] _nullability = [.. method.GetParameters().Select(parameter => Nullability(parameter))];
    private int _calls;

    /// <summary>As the XML documentation writes it, the same for all type arguments.</summary>
    public string Id { get; } = id;

    public MethodBase Method { get; } = method;

    public ParameterInfo[] Parameters { get; } = method.GetParameters();

    public Type Owner => Method.DeclaringType!;

    /// <summary>Adapters alone can call it: here the doubles that derive from the type.</summary>
    public bool IsProtected => !Method.IsPublic && !Owner.IsInterface;

    /// <summary>What the documentation says it may throw.</summary>
    public IReadOnlyList<Type> Documented { get; } = documented;

    /// <summary>Its documentation says that everything happens on the UI thread.</summary>
    public bool IsOnUiThread => IsProtected || Surface.UiTypes.Contains(Owner.IsGenericType ? Owner.GetGenericTypeDefinition() : Owner);

    /// <summary>May wait for another thread, which the documentation says: not under a lock of the caller.</summary>
    public bool MayWait => Owner == typeof(Testing.TestLoop) || Method.Name is "Send" or "End" or "Run" or "DisposeAsync";

    /// <summary>Does something to tasks, scopes, commands, apps or loops.</summary>
    public bool IsAct => !Method.IsConstructor && !Method.IsSpecialName && !Method.IsStatic && Owner.Assembly == typeof(UiLoop).Assembly
        && new[] { typeof(TaskScope), typeof(TaskContext), typeof(BackgroundTask), typeof(TaskCommandBase), typeof(UiApp), typeof(UiLoop) }.Any(type => Owner.IsAssignableTo(type));

    /// <summary>What the work has thrown comes out, whatever it is.</summary>
    public bool GivesErrorsBack => Method.Name is "GetResult" or "AsTask" or "StartAsync";

    /// <summary>What a callback throws comes out: it is called for the caller, who waits for it. All else is kept from the caller, whose error it is not.</summary>
    public bool LetsErrorsOut => GivesErrorsBack || (IsProtected && Method.IsVirtual) || Owner.Name.StartsWith("ViewScopes", StringComparison.Ordinal)
        || Method.Name is "Attach" or "UseFibula" or "StartApp" or "CanExecute" or "OwnVoid" or "RunUntil" or "RunOnUiThread"
        || (Owner == typeof(TaskRows) && Method.Name == nameof(TaskRows.Show))
        || (Owner == typeof(WindowClosing) && Method.Name is nameof(WindowClosing.Close) or nameof(WindowClosing.LetGo));

    /// <summary>Belongs to the making of an object.</summary>
    public bool IsInit { get; } = method is MethodInfo { ReturnParameter: var returned } && returned.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    /// <summary>Nothing begins any more after it.</summary>
    public bool Ends => Method.Name is "End" or "Exit" or "RequestExitAsync" or "CloseAsync" or "RequestCloseAsync" or "LeaveWithTheSession" or "HoldEnd" or "QuitCore";

    /// <summary>The task that it returns is the caller's own matter: a delay that is begun after the end of its task takes as long as it says.</summary>
    public bool MayOutlast => Method.Name == nameof(TaskContext.Delay);

    public int Calls => Volatile.Read(ref _calls);

    public bool AcceptsNull(int parameter) => _nullability[parameter]?.WriteState != NullabilityState.NotNull;

    public object? Invoke(object? target, object?[] arguments)
    {
        Interlocked.Increment(ref _calls);
        const BindingFlags Unwrapped = BindingFlags.DoNotWrapExceptions;
        return SpanCalls.TryInvoke(Method, target, arguments, out object? result) ? result
            : Method is ConstructorInfo constructor ? Doubles.Construct(constructor, arguments)
            : Method.Invoke(target, Unwrapped, binder: null, arguments, culture: null);
    }

    public override string ToString() => Owner.IsGenericType ? $"{Id} on {Owner}" : Id;

    // Not thread-safe, and cheap enough to be made anew.
    private static NullabilityInfo? Nullability(ParameterInfo parameter) =>
        parameter.ParameterType.IsByRefLike || parameter.ParameterType.IsByRef ? null : new NullabilityInfoContext().Create(parameter);
}
