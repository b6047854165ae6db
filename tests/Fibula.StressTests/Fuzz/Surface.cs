using System.Reflection;
using System.Windows.Input;
using Fibula.CompilerServices;
using Fibula.Testing;
using Fibula.Toolkits;

namespace Fibula.StressTests.Fuzz;

/// <summary>The whole public surface of the core and of the test package, found by reflection: what the fuzz calls.</summary>
internal static class Surface
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Type[] TypeArguments = [typeof(int), typeof(string)];

    /// <summary>Everything of them happens on the UI thread, as their documentation says.</summary>
    public static readonly HashSet<Type> UiTypes = [typeof(ViewScopes<>), typeof(WindowClosing), typeof(TaskRows)];

    /// <summary>Not called, each for a reason.</summary>
    public static readonly Dictionary<string, string> LeftOut = new()
    {
        ["M:Fibula.EventLoop.Run(System.Func{Fibula.TaskContext,System.Threading.Tasks.Task})"] = "Blocks until the program has ended. The episodes run one.",
        ["M:Fibula.EventLoop.Run``1(System.Func{Fibula.TaskContext,System.Threading.Tasks.Task{``0}})"] = "As above.",
        ["M:Fibula.UiApp.Run(Fibula.UiLoop)"] = "Blocks until the app has left. The episodes run one.",
        ["M:Fibula.Toolkits.ToolkitLoop.RunCore"] = "As above: it is what Run calls.",
        ["M:Fibula.Toolkits.ToolkitLoop.PumpUntil(System.Threading.Tasks.Task)"] = "Blocks until the task has ended. HoldEnd calls it.",
        ["M:Fibula.Toolkits.ToolkitLoop.NotifyEnded"] = "Ends the loop of the episode. The episodes call it by End.",
        ["M:Fibula.TaskContext.WhenRaisedAsync(System.Action{System.EventHandler},System.Action{System.EventHandler})"] = "Waits until somebody raises the event, which nobody does.",
        ["M:Fibula.TaskContext.WhenRaisedAsync``1(System.Action{System.EventHandler{``0}},System.Action{System.EventHandler{``0}})"] = "As above.",
        ["M:Fibula.TaskContext.WhenRaisedAsync``2(System.Func{System.Action{``1},``0},System.Action{``0},System.Action{``0})"] = "As above.",
        ["M:Fibula.Testing.TaskLeaks.WatchForLostTasks"] = "Watches the whole process. The episodes hold one.",
        ["M:Fibula.Testing.LostTaskWatch.DisposeAsync"] = "Three full collections, and all that the fuzz drops on purpose is a loss.",
    };

    public static IReadOnlyList<Assembly> Assemblies { get; } = [typeof(UiLoop).Assembly, typeof(TestLoop).Assembly];

    public static IReadOnlyList<Member> Find()
    {
        var errors = new DocumentedErrors(Assemblies);
        IEnumerable<Type> types = Assemblies.SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => !type.IsEnum && !type.IsSpecialName && !type.IsAssignableTo(typeof(Delegate)))
            .Concat([typeof(ICommand), typeof(IProgress<>)]);
        Member[] all = [.. types.SelectMany(Close).SelectMany(type => MembersOf(type, errors))];
        Assert.Empty(LeftOut.Keys.Except(all.Select(static member => member.Id)));
        return [.. all.Where(static member => !LeftOut.ContainsKey(member.Id))];
    }

    private static IEnumerable<Member> MembersOf(Type type, DocumentedErrors errors) =>
        from method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared & ~BindingFlags.Static))
        where IsOfTheSurface(method, type)
        let open = method.Module.ResolveMethod(method.MetadataToken)!
        let documented = errors.Of(PropertyOf(open) ?? (MemberInfo)open)
        from closed in Close(method)
        select new Member(DocId.Of(open), closed, documented);

    // What is abstract the doubles implement, and the library calls.
    private static bool IsOfTheSurface(MethodBase method, Type type) =>
        (method.IsPublic || (!type.IsSealed && (method.IsFamily || method.IsFamilyOrAssembly)))
        && (!method.IsAbstract || type.IsInterface)
        && !method.Name.Contains('<', StringComparison.Ordinal);

    private static IEnumerable<Type> Close(Type type) => !type.IsGenericTypeDefinition ? [type]
        : type == typeof(ViewScopes<>) ? [typeof(ViewScopes<FuzzView>)]
        : TypeArguments.Select(argument => type.MakeGenericType(argument));

    private static IEnumerable<MethodBase> Close(MethodBase method) => method is not MethodInfo { IsGenericMethodDefinition: true } open ? [method]
        : open.Name is "WithApp" or "NoAppFor" ? [open.MakeGenericMethod(typeof(FuzzLoop))]
        : open.Name == nameof(ForgottenTask.OwnVoid) ? [open.MakeGenericMethod(FuzzView.StateMachine)]
        : open.GetGenericArguments() is [_, _] ? [open.MakeGenericMethod(typeof(EventHandler), typeof(EventArgs))]
        : TypeArguments.Select(argument => open.MakeGenericMethod(argument));

    private static MemberInfo? PropertyOf(MethodBase method)
    {
        Type owner = method.DeclaringType!;
        return method.IsSpecialName && !method.IsConstructor && method.Name.Split('_', 2) is ["get" or "set" or "add" or "remove", var name]
            ? (MemberInfo?)owner.GetProperty(name, Declared) ?? owner.GetEvent(name, Declared)
            : null;
    }
}
