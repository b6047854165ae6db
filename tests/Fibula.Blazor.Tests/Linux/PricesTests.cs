using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fibula.Blazor.Tests.Linux;

/// <summary>The sample, used as its user does.</summary>
public sealed class PricesTests(Browser browser, Servers servers) : IAsyncLifetime
{
    private Server _server = null!;
    private IBrowserContext _user = null!;
    private IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await servers.GetAsync("PricesBlazor");
        _user = await browser.NewUserAsync();
        _page = await _user.NewPageAsync();
    }

    public ValueTask DisposeAsync() => _user.DisposeAsync();

    [Fact, Trait("Behaviour", "B68")]
    public async Task Load_ShowsItsProgressInTheTable_AndThenThePrices()
    {
        await OpenAsync("");

        await _page.ClickAsync("text=Load the prices");

        await Expect(_page.Locator("tbody tr")).ToContainTextAsync("LoadAsync (Prices): price");
        await Expect(_page.Locator("progress")).ToBeVisibleAsync();
        await Expect(_page.Locator("#total")).ToHaveTextAsync("30 prices, in all 581.25.");
        await Expect(_page.Locator(".fibula-tasks")).ToContainTextAsync("No task is running.");
    }

    [Fact, Trait("Behaviour", "B34")]
    public async Task CancelButton_EndsTheTaskOfItsRow()
    {
        await OpenAsync("");
        await _page.ClickAsync("text=Load the prices");

        await _page.ClickAsync("[aria-label='Cancel LoadAsync']");

        await Expect(_page.Locator(".fibula-tasks")).ToContainTextAsync("No task is running.");
        await Expect(_page.Locator("#total")).ToHaveTextAsync("No price yet.");
    }

    [Fact, Trait("Behaviour", "B80")]
    public async Task LeavingDetails_AsksFirst_AndANoStays()
    {
        await OpenDetailsAsync();

        await _page.ClickAsync("text=Back to the prices");
        await _page.ClickAsync("button:text('Stay')");

        await Expect(_page.GetByRole(AriaRole.Alertdialog)).ToBeHiddenAsync();
        await Expect(_page).ToHaveURLAsync($"{_server.Address}/details");
        await PriceReachesAsync(45);
    }

    [Fact, Trait("Behaviour", "B43")]
    public async Task LeavingDetails_AfterAYes_EndsItsTaskAndLeaves()
    {
        await OpenDetailsAsync();

        await _page.ClickAsync("text=Back to the prices");
        await Expect(_page.GetByRole(AriaRole.Alertdialog)).ToBeVisibleAsync();
        await _page.ClickAsync("button:text('Leave')");

        await Expect(_page.Locator("h1")).ToHaveTextAsync("Prices");
        await Expect(_page.Locator(".fibula-tasks")).ToContainTextAsync("No task is running.");
    }

    // Links go by the router only a little after the page is interactive, and by then the price has changed.
    private async Task OpenDetailsAsync()
    {
        await OpenAsync("details");
        await PriceReachesAsync(43);
    }

    // A busy browser may miss a price that is shown only for a moment.
    private Task PriceReachesAsync(int price) => _page.WaitForFunctionAsync(
        "price => Number(document.querySelector('#price')?.textContent.replace(/[^0-9]/g, '')) >= price",
        price,
        new PageWaitForFunctionOptions { PollingInterval = 10 });

    private Task OpenAsync(string address) => Browser.OpenAsync(_page, $"{_server.Address}/{address}");
}
