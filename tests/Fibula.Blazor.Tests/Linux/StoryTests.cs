using System.Diagnostics;
using Fibula.Tests.Conformance;
using Microsoft.Playwright;

namespace Fibula.Blazor.Tests.Linux;

public sealed class StoryTests(Browser browser)
{
    [Fact]
    [Trait("Behaviour", "B1")]
    [Trait("Behaviour", "B2")]
    [Trait("Behaviour", "B3")]
    [Trait("Behaviour", "B9")]
    public Task Story_OnEveryToolkit_IsTheSame() =>
        StoryProgram.CheckAsync(
            new ProcessStartInfo("dotnet", [Path.Combine(StoryProgram.FolderOf("Story.Web"), "Story.Web.dll")]) { RedirectStandardError = true },
            UseAsync);

    // The browser stays: a page that is closed would end the app.
    private async Task UseAsync(Process program)
    {
        await using IBrowserContext user = await browser.NewUserAsync();
        IPage page = await user.NewPageAsync();
        string? line = await program.StandardError.ReadLineAsync();
        await page.GotoAsync(line!["Open ".Length..]);
        await page.ClickAsync("text=Go on");
        await program.WaitForExitAsync();
    }
}
