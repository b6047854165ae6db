using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace Fibula.Analyzers.Tests;

/// <summary>The reference assemblies of .NET, from the SDK that runs the tests: nothing is downloaded for them.</summary>
internal static class FrameworkReferences
{
    public static ImmutableArray<MetadataReference> All { get; } = Load();

    private static ImmutableArray<MetadataReference> Load()
    {
        // The runtime lies in <dotnet>/shared/Microsoft.NETCore.App/<version>.
        string pack = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../packs/Microsoft.NETCore.App.Ref");
        string newest = Directory.GetDirectories(pack, "10.0.*").MaxBy(folder => Version.Parse(Path.GetFileName(folder)))!;
        return [.. Directory.GetFiles(Path.Combine(newest, "ref/net10.0"), "*.dll").Select(file => MetadataReference.CreateFromFile(file))];
    }
}
