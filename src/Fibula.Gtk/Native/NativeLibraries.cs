using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fibula;

/// <summary>The libraries by what they are called on each system. A program has loaded them already, through whatever binding it uses.</summary>
internal static class NativeLibraries
{
    public const string GLib = "glib-2.0";
    public const string GObject = "gobject-2.0";
    public const string Gio = "gio-2.0";
    public const string Gtk3 = "gtk-3";
    public const string Gtk4 = "gtk-4";

    /// <summary>The version that the program has loaded.</summary>
    public const string Gtk = "gtk";

    /// <summary>Whether the program has loaded any version.</summary>
    public static bool IsGtkLoaded => IsLoaded(Gtk4) || IsLoaded(Gtk3);

#pragma warning disable CA2255 // It must be known before the first call, whichever class makes that; nothing is loaded here.
    [ModuleInitializer]
#pragma warning restore CA2255
    public static void Register() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name == Gtk)
        {
            name = IsLoaded(Gtk4) ? Gtk4 : IsLoaded(Gtk3) ? Gtk3 : throw new InvalidOperationException("The program has loaded no GTK yet. Initialize it first.");
        }

        string version = name == Gtk4 ? "1" : "0";
        string file = OperatingSystem.IsWindows() ? $"lib{name}-{version}.dll"
            : OperatingSystem.IsMacOS() ? $"lib{name}.{version}.dylib"
            : $"lib{name}.so.{version}";
        return NativeLibrary.Load(file, assembly, searchPath);
    }

    private static bool IsLoaded(string name)
    {
        using var process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>().Any(module => module.ModuleName.StartsWith($"lib{name}", StringComparison.Ordinal));
    }
}
