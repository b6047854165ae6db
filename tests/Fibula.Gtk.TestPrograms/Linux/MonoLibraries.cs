using System.Reflection;
using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace GtkSharpProgram;

/// <summary>Debian built GtkSharp for Mono, which finds native libraries by a file beside each assembly. .NET does not read that by itself.</summary>
internal static class MonoLibraries
{
    private static readonly string[] Assemblies = ["glib-sharp", "gio-sharp", "atk-sharp", "gdk-sharp", "gtk-sharp", "pango-sharp", "cairo-sharp"];

    public static void Register()
    {
        var names = new Dictionary<string, string> { ["libcairo-2.dll"] = "libcairo.so.2" };
        foreach (string file in Directory.GetDirectories("/usr/lib/cli").SelectMany(folder => Directory.GetFiles(folder, "*.dll.config")))
        {
            foreach (XElement map in XDocument.Load(file).Descendants("dllmap"))
            {
                names[map.Attribute("dll")!.Value] = map.Attribute("target")!.Value;
            }
        }

        foreach (string assembly in Assemblies)
        {
            NativeLibrary.SetDllImportResolver(Assembly.Load(assembly), (name, _, _) => NativeLibrary.Load(names.GetValueOrDefault(name, name)));
        }
    }
}
