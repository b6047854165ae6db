using System.Diagnostics;
using Fibula.Tests.Conformance;

namespace Fibula.Gtk.Tests.Linux;

[Collection("GTK")]
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
    public Task Story_OnEveryToolkit_IsTheSame(string toolkit) =>
        StoryProgram.CheckAsync(new ProcessStartInfo("dotnet", [Path.Combine(StoryProgram.FolderOf("Story"), "Story.dll"), "--ui", toolkit])
        {
            Environment = { ["DISPLAY"] = XDisplay.Name, ["GDK_BACKEND"] = "x11", ["NO_AT_BRIDGE"] = "1" },
        });
}
