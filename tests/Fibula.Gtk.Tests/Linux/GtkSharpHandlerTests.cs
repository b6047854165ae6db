using System.Diagnostics;

namespace Fibula.Gtk.Tests.Linux;

/// <summary>Handlers of GtkSharp, which connects them to come after those of the toolkit's class.</summary>
[Collection("GTK")]
public sealed class GtkSharpHandlerTests
{
    [Fact]
    [Trait("Behaviour", "B80")]
    public async Task DeleteEvent_OfTheBinding_DecidesFirst()
    {
        using Process program = GtkSharpProgram.Start("refusing");

        string said = await program.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);
        await program.WaitForExitAsync();

        Assert.Equal(
            """
            Asked 1.
            Running
            Asked 2.
            Saved.
            The window is closed.

            """,
            said);
        Assert.Equal(0, program.ExitCode);
    }
}
