using System.Diagnostics;

namespace Fibula.Gtk.Tests.Linux;

[Collection("GTK")]
public sealed class GtkSharpTests
{
    [Fact]
    [Trait("Behaviour", "B43")]
    [Trait("Behaviour", "B47")]
    [Trait("Behaviour", "B80")]
    public async Task Window_OfAForeignBindingOfGtk3_ClosesInOrder()
    {
        using Process program = GtkSharpProgram.Start();

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

    [Fact]
    [Trait("Behaviour", "B43")]
    [Trait("Behaviour", "B80")]
    public async Task Sample_UsedLikeAUserWould_LoadsPricesAndAsksBeforeItClosesAWindow()
    {
        await using var user = new UserOfGtk("prices");

        await user.ClickAsync("Prices", "Load the prices");
        await user.SeesAsync("Prices", "LoadAsync (PricesWindow): price ");
        await user.SeesAsync("Prices", "30 prices, in all 581.25.");
        await user.ClickAsync("Prices", "Details");
        await user.SeesAsync("Details", "The price is 43.");
        await user.CloseAsync("Details");
        await user.ClickAsync("Really close?", "Stay");
        await user.SeesNoMoreAsync("Really close?");
        await user.SeesAsync("Details", "The price is 44.");
        await user.CloseUntilThereIsAsync("Details", "Really close?");
        await user.ClickAsync("Really close?", "Close");
        await user.SeesNoMoreAsync("Details");
        await user.CloseAsync("Prices");

        Assert.Equal(0, await user.SeesTheEndAsync());
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Window_WhoseTaskAsks_ShowsTheDialogOfGtk3_WhoseAnswersDoWhatTheySay()
    {
        const string Dialog = "ExportWindow";
        await using var user = new UserOfGtk("export");
        await user.ClickAsync("Main", "Open");
        await user.SeesAsync("Export", "Exporting");

        await user.CloseAsync("Export");
        await user.SeesAsync(Dialog, "A task is still running. Close 'ExportWindow'?");
        await user.SeesAsync(Dialog, "Export: 25 %, 0:0");
        await user.ClickAsync(Dialog, "Stay");
        await user.SeesNoMoreAsync(Dialog);
        await user.CloseUntilThereIsAsync("Export", Dialog);
        await user.SeesAsync(Dialog, "A task is still running.");
        await user.CloseAsync(Dialog);
        await user.SeesNoMoreAsync(Dialog);
        await user.CloseUntilThereIsAsync("Export", Dialog);
        await user.ClickAsync(Dialog, "Wait for it");
        await user.SeesNoMoreAsync(Dialog);
        await user.SeesAsync("Export", "Exporting");
        await user.ClickAsync("Main", "Finish");
        await user.SeesNoMoreAsync("Export");

        await user.ClickAsync("Main", "Open");
        await user.SeesAsync("Export", "Exporting");
        await user.CloseAsync("Export");
        await user.ClickAsync(Dialog, "Keep it running");
        await user.SeesNoMoreAsync("Export");
        await user.CloseAsync("Main");

        Assert.Equal(0, await user.SeesTheEndAsync());
    }
}
