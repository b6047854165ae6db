using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Fibula.Benchmarks;

/// <summary>This program beside the Fibula.dll that the package has for this system, as a user's program has it.</summary>
internal sealed class PackedProgram
{
    private static readonly string Program = typeof(PackedProgram).Assembly.GetName().Name!;
    private readonly string _folder = Path.Combine(RepositoryFolder.Path, "artifacts", "bench", "cold-start");

    public PackedProgram()
    {
        string artifacts = Path.Combine(RepositoryFolder.Path, "artifacts", "bench");
        string packages = Path.Combine(artifacts, "packages");
        DeleteIfThere(_folder);
        DeleteIfThere(packages);
        Directory.CreateDirectory(_folder);

        // With the images that are compiled ahead, as eng/pack.sh makes it, and apart from what the build has made.
        Start(
            "dotnet",
            "pack",
            Path.Combine(RepositoryFolder.Path, "src", "Fibula"),
            "--configuration",
            "Release",
            "--output",
            packages,
            "-p:CompileAhead=true",
            $"-p:ArtifactsPath={Path.Combine(artifacts, "packing")}");
        Unpack(Directory.EnumerateFiles(packages, "Fibula.*.nupkg").Single());
        foreach (string extension in (string[])[".dll", ".runtimeconfig.json"])
        {
            // Without the .deps.json the host takes what stands in the folder.
            File.Copy(Path.Combine(AppContext.BaseDirectory, Program + extension), Path.Combine(_folder, Program + extension));
        }
    }

    /// <returns>What the program prints.</returns>
    public long Run(params string[] arguments) =>
        long.Parse(Start("dotnet", [Path.Combine(_folder, Program + ".dll"), .. arguments]), CultureInfo.InvariantCulture);

    // What is compiled ahead for this system comes first, as in NuGet.
    private void Unpack(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        var assembly = archive.GetEntry($"runtimes/{RuntimeInformation.RuntimeIdentifier}/lib/net10.0/Fibula.dll") ?? archive.GetEntry("lib/net10.0/Fibula.dll");
        assembly!.ExtractToFile(Path.Combine(_folder, "Fibula.dll"));
    }

    private static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Start(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' ended with {process.ExitCode}: {output}");
    }
}
