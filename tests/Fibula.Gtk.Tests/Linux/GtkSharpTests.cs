using System.Diagnostics;

namespace Fibula.Gtk.Tests.Linux;

public sealed class GtkSharpTests
{
    [Fact]
    [Trait("Behaviour", "B43")]
    [Trait("Behaviour", "B47")]
    [Trait("Behaviour", "B80")]
    public async Task Window_OfAForeignBindingOfGtk3_ClosesInOrder()
    {
        string folder = AppContext.BaseDirectory.Replace("Fibula.Gtk.Tests", "Fibula.Gtk.TestPrograms", StringComparison.Ordinal);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "Fibula.Gtk.TestPrograms.dll")])
        {
            RedirectStandardOutput = true,
            Environment = { ["DISPLAY"] = XDisplay.Name, ["GDK_BACKEND"] = "x11", ["NO_AT_BRIDGE"] = "1" },
        };
        using var program = Process.Start(start)!;

        string said = await program.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);
        await program.WaitForExitAsync();

        Assert.Equal(
            """
            The price is 42.
            Asked 1.
            Saved.
            GtkSharp was told: no network
            The window is closed.
            0 tasks were lost.

            """,
            said);
        Assert.Equal(0, program.ExitCode);
    }
}
