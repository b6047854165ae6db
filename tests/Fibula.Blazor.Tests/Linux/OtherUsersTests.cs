using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fibula.Blazor.Tests.Linux;

/// <summary>Two users of one server, each with a browser profile of its own. The server is the test's alone, so that exactly these circuits are open.</summary>
public sealed class OtherUsersTests(Browser browser) : IAsyncLifetime
{
    private const string Secret = "A secret of the request.";

    private readonly List<string> _told = [];
    private Server _server = null!;
    private IBrowserContext _user = null!;
    private IBrowserContext _other = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await Server.StartAsync("Fibula.Blazor.TestPrograms");
        _user = await browser.NewUserAsync();
        _other = await browser.NewUserAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _user.DisposeAsync();
        await _other.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact, Trait("Behaviour", "B88")]
    public async Task ACallThatARequestDrops_IsNotShownToTheOnlyUser_NorIsItsError()
    {
        IPage page = await OpenAsync(_user);

        await GetAsync("request/start");
        await HoldAsync(page, "FirstAsync", "Hold");
        await GetAsync("request/fail");
        await _server.WaitForAsync(Secret);
        await HoldAsync(page, "FirstAsync", "Hold", "Hold");

        Assert.DoesNotContain(Secret, await page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(_told, line => line.Contains(Secret, StringComparison.Ordinal));
        Assert.Empty(_server.LinesWith("circuit: exit"));
        Assert.Contains("AuditAsync", Assert.Single(_server.LinesWith("Task 'AuditAsync' failed")), StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "B88")]
    public async Task ACallThatARequestDrops_IsNamedWhenTheServerStops()
    {
        await GetAsync("request/start");

        await _server.TerminateAsync();

        await _server.WaitForAsync("The server stops while 'AuditAsync'");
        Assert.Equal(0, await _server.ExitCodeAsync());
    }

    [Fact, Trait("Behaviour", "B88")]
    public async Task ACallThatTheFirstPageOfACircuitDrops_IsNotTheOtherUsers()
    {
        IPage page = await OpenAsync(_user);

        IPage other = await OpenAsync(_other);
        await HoldAsync(other, "FirstAsync", "Hold");
        await HoldAsync(page, "FirstAsync", "Hold");

        Assert.Equal(("own", "own"), (await page.InnerTextAsync("#current"), await other.InnerTextAsync("#current")));
    }

    [Fact, Trait("Behaviour", "B88")]
    public async Task WhatAHandlerOfASharedEventDrops_IsItsOwnUsers_WhoeverHasRaisedIt()
    {
        string[] own = ["FirstAsync", "HeardAbroadAsync", "HeardAsync", "StaticAsync"];
        IPage page = await OpenAsync(_user);
        IPage other = await OpenAsync(_other);

        await page.ClickAsync("#raise");
        await ShowsAsync(page, own);
        await ShowsAsync(other, own);
        await HoldAsync(page, [.. own, "Hold"]);
        await HoldAsync(other, [.. own, "Hold"]);

        await Expect(page.Locator("#heard")).ToHaveTextAsync("own");
        await Expect(other.Locator("#heard")).ToHaveTextAsync("own");
    }

    [Fact, Trait("Behaviour", "B90")]
    public async Task AnAsyncVoidHandlerThatAwaitsATaskOfAClosedScope_DoesNotEndTheCircuit()
    {
        IPage page = await OpenAsync(_user);

        await page.ClickAsync("#await");
        await HoldAsync(page, "FirstAsync", "Hold");
        await HoldAsync(page, "FirstAsync", "Hold", "Hold");

        Assert.Empty(_server.LinesWith("circuit: exit"));
        Assert.Empty(_server.LinesWith("fail:"));
    }

    private async Task<IPage> OpenAsync(IBrowserContext user)
    {
        IPage page = await user.NewPageAsync();
        page.Console += (_, message) => _told.Add(message.Text);
        await Browser.OpenAsync(page, $"{_server.Address}/neighbour");
        await ShowsAsync(page, "FirstAsync");
        return page;
    }

    private async Task GetAsync(string address)
    {
        using var client = new HttpClient();
        await client.GetStringAsync(new Uri($"{_server.Address}/{address}"), TestContext.Current.CancellationToken);
    }

    // One more task of the circuit: once it is in the table, so is whatever was started before it.
    private static async Task HoldAsync(IPage page, params string[] names)
    {
        await page.ClickAsync("#hold");
        await ShowsAsync(page, names);
    }

    private static Task ShowsAsync(IPage page, params string[] names) => page.WaitForFunctionAsync(
        "names => [...document.querySelectorAll('tbody th')].map(cell => cell.textContent.split(' ')[0].split(':')[0]).sort().join() === names",
        string.Join(",", names.Order(StringComparer.Ordinal)),
        new PageWaitForFunctionOptions { PollingInterval = 10 });
}
