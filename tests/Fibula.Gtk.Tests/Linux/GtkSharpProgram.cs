using System.Diagnostics;
using Fibula.Tests.Conformance;

namespace Fibula.Gtk.Tests.Linux;

/// <summary>A program with Debian's GtkSharp, in a process of its own, on the tests' screen.</summary>
internal static class GtkSharpProgram
{
    public static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(StoryProgram.FolderOf("Fibula.Gtk.TestPrograms"), "Fibula.Gtk.TestPrograms.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["DISPLAY"] = XDisplay.Name, ["GDK_BACKEND"] = "x11", ["NO_AT_BRIDGE"] = "1" },
        })!;
}
