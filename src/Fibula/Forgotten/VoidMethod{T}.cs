using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>The facts about an <c>async void</c> method, found by reflection at its first run that needs an owner.</summary>
/// <typeparam name="TStateMachine">The method's state machine.</typeparam>
internal static class VoidMethod<[DynamicallyAccessedMembers(StateMachine.Fields)] TStateMachine>
    where TStateMachine : notnull
{
    private const BindingFlags InstanceField = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private const string This = "<>4__this";

    private static readonly FieldInfo? ThisField = typeof(TStateMachine).GetField(This, InstanceField);
    private static readonly bool IsLambda = ThisField is not null && StateMachine.IsOfTheCompiler(ThisField.FieldType);
    private static readonly FieldInfo? CapturedField = IsLambda ? FieldOfClosure(ThisField!.FieldType) : null;

    // How far into the state machine its "this" is, in bytes; negative while that is unknown.
    private static nint _offset = -1;

    // A CallSite, in a box, so that another thread sees all of it or none.
    private static object? _site;

    /// <summary>The method's name and place.</summary>
    /// <param name="placeOf">Finds the file and the line by the full name.</param>
    public static CallSite SiteBy(Func<string, (string? File, int Line)> placeOf)
    {
        return (CallSite)(_site ?? Find(placeOf));

        static object Find(Func<string, (string? File, int Line)> placeOf)
        {
            (string? file, int line) = placeOf(StateMachine.FullNameOf(typeof(TStateMachine)));
            return _site = CallSite.OfDropped(StateMachine.NameOf(typeof(TStateMachine)), file, line);
        }
    }

    /// <summary>The object the method was called on; for a lambda that captured more than that, one step through what it captured. Null for a static one.</summary>
    public static object? ThisOf(ref TStateMachine stateMachine)
    {
        if (ThisField is null)
        {
            return null;
        }

        object? found = _offset >= 0 ? FieldAt(ref stateMachine, _offset) : FirstThisOf(stateMachine);
        return IsLambda && found is not null ? CapturedField?.GetValue(found) : found;
    }

    // By reflection, which boxes the state machine: too much for each run.
    private static object? FirstThisOf(TStateMachine stateMachine)
    {
        object? found = ThisField!.GetValue(stateMachine);
        if (found is not null && typeof(TStateMachine).IsValueType && !ThisField.FieldType.IsValueType)
        {
            _offset = OffsetOfThis(found);
        }

        return found;
    }

    // In an empty state machine, the only word that is not zero once the field is set.
    private static nint OffsetOfThis(object value)
    {
        object probe = default(TStateMachine)!;
        ThisField!.SetValue(probe, value);
        var filled = (TStateMachine)probe;
        nint offset = 0;
        while (Unsafe.As<byte, nint>(ref ByteAt(ref filled, offset)) == 0)
        {
            offset += nint.Size;
        }

        return offset;
    }

    private static object? FieldAt(ref TStateMachine stateMachine, nint offset) => Unsafe.As<byte, object?>(ref ByteAt(ref stateMachine, offset));

    private static ref byte ByteAt(ref TStateMachine stateMachine, nint offset) =>
        ref Unsafe.AddByteOffset(ref Unsafe.As<TStateMachine, byte>(ref stateMachine), offset);

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Where the field was trimmed away nothing is found, and the task belongs to the app.")]
    private static FieldInfo? FieldOfClosure(Type closure) => closure.GetField(This, InstanceField);
}
