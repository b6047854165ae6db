using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Xml.Linq;

namespace GtkSharp;

/// <summary>Debian built GtkSharp for Mono, which finds native libraries by a file beside each assembly. .NET does not read that by itself.</summary>
internal static class MonoLibraries
{
    [ModuleInitializer]
    internal static void Register()
    {
        var names = new Dictionary<string, string> { ["libcairo-2.dll"] = "libcairo.so.2" };
        foreach (string file in Directory.GetDirectories("/usr/lib/cli").SelectMany(folder => Directory.GetFiles(folder, "*.dll.config")))
        {
            foreach (XElement map in XDocument.Load(file).Descendants("dllmap"))
            {
                names[map.Attribute("dll")!.Value] = map.Attribute("target")!.Value;
            }
        }

        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => names.TryGetValue(name, out string? library) ? NativeLibrary.Load(library) : 0;
    }
}
