using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fibula;

/// <summary>The functions of GObject: signals, properties, and data kept in an object.</summary>
internal static unsafe partial class GObject
{
    /// <summary>Whether objects of this type have a signal.</summary>
    public static bool HasSignal(nint instance, string signal) => SignalLookup(signal, TypeOf(instance)) != 0;

    public static bool IsA(nint instance, string type) =>
        TypeFromName(type) is var known && known != 0 && TypeCheckInstanceIsA(instance, known) != 0;

    public static string TypeName(nint instance) => Marshal.PtrToStringUTF8(TypeNameFromInstance(instance)) ?? "GObject";

    /// <summary>Reads a property that holds a text; null where it holds none.</summary>
    public static string? Text(nint instance, string property)
    {
        var value = default(Value);
        GetProperty(instance, property, &value);
        string? text = Marshal.PtrToStringUTF8(ValueGetString(&value));
        ValueUnset(&value);
        return text;
    }

    /// <summary>Reads a property that is true or false.</summary>
    public static bool Flag(nint instance, string property)
    {
        var value = default(Value);
        GetProperty(instance, property, &value);
        bool flag = ValueGetBoolean(&value) != 0;
        ValueUnset(&value);
        return flag;
    }

    /// <summary>Reads a property that holds an object; 0 where it holds none. The object is not kept alive.</summary>
    public static nint Object(nint instance, string property)
    {
        var value = default(Value);
        GetProperty(instance, property, &value);
        nint found = ValueGetObject(&value);
        ValueUnset(&value);
        return found;
    }

    /// <summary>The data kept in the object; null for none.</summary>
    public static T? Data<T>(nint instance, string key)
        where T : class =>
        GetData(instance, key) is var data && data != 0 ? (T?)GCHandle.FromIntPtr(data).Target : null;

    /// <summary>Keeps something in the object, for as long as that exists; then it is disposed.</summary>
    public static void SetData(nint instance, string key, IDisposable data) =>
        SetDataFull(instance, key, GCHandle.ToIntPtr(GCHandle.Alloc(data)), &OnFreed);

    // A GType is the address of its class, which an instance begins with.
    private static nint TypeOf(nint instance) => **(nint**)instance;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnFreed(nint data)
    {
        var handle = GCHandle.FromIntPtr(data);
        ((IDisposable)handle.Target!).Dispose();
        handle.Free();
    }

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_signal_lookup", StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint SignalLookup(string name, nint type);

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_type_from_name", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint TypeFromName(string name);

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_type_check_instance_is_a")]
    private static partial int TypeCheckInstanceIsA(nint instance, nint type);

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_type_name_from_instance")]
    private static partial nint TypeNameFromInstance(nint instance);

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_object_get_property", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void GetProperty(nint instance, string property, Value* value);

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_value_get_string")]
    private static partial nint ValueGetString(Value* value);

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_value_get_boolean")]
    private static partial int ValueGetBoolean(Value* value);

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_value_get_object")]
    private static partial nint ValueGetObject(Value* value);

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_value_unset")]
    private static partial void ValueUnset(Value* value);

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_object_get_data", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetData(nint instance, string key);

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_object_set_data_full", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void SetDataFull(nint instance, string key, nint data, delegate* unmanaged[Cdecl]<nint, void> free);

    /// <summary>A GValue.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Value
    {
        public nint Type;
        public long First;
        public long Second;
    }
}
