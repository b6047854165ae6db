using System.Diagnostics;
using Fibula.Tests.Conformance;

namespace Fibula.Gtk.Tests.Linux;

public sealed class StoryTests
{
    [Theory]
    [InlineData("eventloop")]
    [InlineData("terminal")]
    [InlineData("gtk")]
    [Trait("Behaviour", "B1")]
    [Trait("Behaviour", "B2")]
    [Trait("Behaviour", "B3")]
    [Trait("Behaviour", "B9")]
    public async Task Story_OnEveryToolkit_IsTheSame(string toolkit)
    {
        string folder = AppContext.BaseDirectory.Replace("Fibula.Gtk.Tests", "Story", StringComparison.Ordinal);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "Story.dll"), "--ui", toolkit])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            Environment = { ["DISPLAY"] = XDisplay.Name, ["GDK_BACKEND"] = "x11", ["NO_AT_BRIDGE"] = "1" },
        };
        using var program = Process.Start(start)!;

        string said = await program.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);
        await program.WaitForExitAsync();

        StoryOutput.CheckIsTheSame(said);
        Assert.Equal(0, program.ExitCode);
    }
}
