using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fibula.Blazor.Tests.Linux;

/// <summary>A real server, which all tests share, and a real browser. What a test opens has its name in the address, and the server says it in each line.</summary>
public sealed class CircuitTests(Browser browser, Servers servers) : IAsyncLifetime
{
    private const string TestProgram = "Fibula.Blazor.TestPrograms";

    private readonly string _name = $"test-{Guid.NewGuid():N}";
    private Server _server = null!;
    private IBrowserContext _user = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await servers.GetAsync(TestProgram);
        _user = await browser.NewUserAsync();
    }

    public ValueTask DisposeAsync() => _user.DisposeAsync();

    [Fact, Trait("Behaviour", "B2")]
    public async Task Prerendering_WithoutFibula_BeginsWorkTwiceAndWithItOnce()
    {
        IPage plain = await _user.NewPageAsync();
        IPage owned = await _user.NewPageAsync();

        await plain.GotoAsync($"{_server.Address}/plain?{_name}");
        await WritesAsync("plain: begun", times: 2);
        await OpenAsync(owned);
        await WritesAsync("owned: begun");
        await StartAsync(owned);

        Assert.Equal(2, LinesWith("plain: begun").Count);
        Assert.Single(LinesWith("owned: begun"));
    }

    [Fact, Trait("Behaviour", "B68")]
    public async Task Click_StartsATask_WhoseProgressIsSeenLive()
    {
        IPage page = await OpenAsync(await _user.NewPageAsync());

        await StartAsync(page);
        int first = await CountAsync(page);

        await ReachesAsync(page, first + 5);
        Assert.InRange(first, 1, int.MaxValue);
    }

    [Fact, Trait("Behaviour", "B15")]
    public async Task TwoTabs_AreApart()
    {
        IPage first = await OpenAsync(await _user.NewPageAsync());
        IPage second = await OpenAsync(await _user.NewPageAsync());
        await StartAsync(first);
        await StartAsync(second);

        await first.CloseAsync();
        await WritesAsync("count: cleaned up");
        int seen = await CountAsync(second);
        await ReachesAsync(second, seen + 5);

        Assert.Single(LinesWith("count: told by"));
    }

    [Fact, Trait("Behaviour", "B82")]
    public async Task ATabThatIsClosed_EndsItsTasksWithAReasonAndTheirFinally()
    {
        IPage page = await OpenAsync(await _user.NewPageAsync());
        await StartAsync(page);

        await page.CloseAsync();

        await WritesAsync("circuit: exit, SessionEnding");
        Assert.Contains("'Fibula.Blazor.TestPrograms' leaves", await WritesAsync("count: told by"), StringComparison.Ordinal);
        await WritesAsync("count: cleaned up");
    }

    [Fact, Trait("Behaviour", "B82")]
    public async Task AReload_EndsTheTasksOfTheOldCircuitAndBeginsANewOne()
    {
        IPage page = await OpenAsync(await _user.NewPageAsync());
        await StartAsync(page);

        await page.ReloadAsync();
        await WritesAsync("count: cleaned up");
        await StartAsync(await OpenAsync(page));

        Assert.Single(LinesWith("count: told by"));
    }

    [Fact, Trait("Behaviour", "B82")]
    public async Task ALostConnection_IsSurvived()
    {
        IPage page = await _user.NewPageAsync();
        var connections = new List<IWebSocketRoute>();
        await page.RouteWebSocketAsync("**/_blazor*", route =>
        {
            connections.Add(route);
            route.ConnectToServer();
        });
        await OpenAsync(page);
        await StartAsync(page);
        int seen = await CountAsync(page);

        await connections[0].CloseAsync(new WebSocketRouteCloseOptions { Code = 3000 });

        await ReachesAsync(page, seen + 20);
        Assert.Equal(2, connections.Count);
        Assert.Empty(LinesWith("count: told by"));
    }

    [Fact, Trait("Behaviour", "B82")]
    public async Task ALostConnection_EndsTheTasksWhenNobodyComesBackInTime()
    {
        IPage page = await _user.NewPageAsync();
        var connections = new List<IWebSocketRoute>();
        await page.RouteWebSocketAsync("**/_blazor*", route =>
        {
            connections.Add(route);
            if (connections.Count == 1)
            {
                route.ConnectToServer();
            }
        });
        await OpenAsync(page);
        await StartAsync(page);

        await connections[0].CloseAsync(new WebSocketRouteCloseOptions { Code = 3000 });

        await WritesAsync("circuit: exit, SessionEnding");
        await WritesAsync("count: cleaned up");
    }

    [Fact, Trait("Behaviour", "B47")]
    public async Task AFaultNobodyHandled_IsAnErrorOfTheCircuit()
    {
        IPage page = await OpenAsync(await _user.NewPageAsync());

        await page.ClickAsync("#fail");

        await _server.WaitForAsync("There are no prices.");
        await WritesAsync("circuit: exit, SessionEnding");
    }

    [Fact, Trait("Behaviour", "B15")]
    public async Task AServiceOfTheCircuit_StartsItsWorkInTheCircuit()
    {
        IPage page = await OpenAsync(await _user.NewPageAsync());

        await page.ClickAsync("#own");

        await WritesAsync("service: refreshed in Fibula.Blazor.TestPrograms");
    }

    [Fact, Trait("Behaviour", "B40")]
    public async Task LeavingAPageWhoseTaskAsks_ShowsAModalDialogThatFollowsIt_AndEscapeStays()
    {
        IPage page = await LeaveWhileExportingAsync();

        string line = await page.InnerTextAsync("dialog:modal li");
        await Expect(page.Locator("dialog:modal li")).Not.ToHaveTextAsync(line);
        await Expect(page.GetByText("Wait for it")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);

        await Expect(page.Locator("h1")).ToHaveTextAsync("Exporting");
        Assert.StartsWith("Export: 0 %, ", line, StringComparison.Ordinal);
        Assert.Empty(LinesWith("export: told"));
    }

    [Fact, Trait("Behaviour", "B40")]
    public async Task LeavingAgainAfterStay_AsksEachTime()
    {
        IPage page = await LeaveWhileExportingAsync();

        for (int i = 0; i < 2; i++)
        {
            await page.Locator("dialog:modal").GetByText("Stay").ClickAsync();
            await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
            await page.ClickAsync("#plain");
        }

        await page.Locator("dialog:modal").GetByText("Cancel it").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Plain");
        await WritesAsync("export: told");
    }

    [Fact, Trait("Behaviour", "B40")]
    public async Task CancelInTheDialog_TellsTheTaskAndLeavesThePage()
    {
        IPage page = await LeaveWhileExportingAsync();

        await page.GetByText("Cancel it").ClickAsync();

        await Expect(page.Locator("h1")).ToHaveTextAsync("Plain");
        await WritesAsync("export: told");
    }

    [Fact, Trait("Behaviour", "B11")]
    public async Task Sigterm_EndsTheTasksOfAllCircuitsAndTheServer()
    {
        await using Server server = await Server.StartAsync(TestProgram);
        await StartAsync(await OpenAsync(await _user.NewPageAsync(), server));
        await StartAsync(await OpenAsync(await _user.NewPageAsync(), server));

        await server.TerminateAsync();
        await server.WaitForAsync("count: cleaned up", times: 2);
        await _user.CloseAsync();

        Assert.Equal(0, await server.ExitCodeAsync());
    }

    private Task<string> WritesAsync(string text, int times = 1) => _server.WaitForAsync($"{_name}, {text}", times);

    private IReadOnlyList<string> LinesWith(string text) => _server.LinesWith($"{_name}, {text}");

    private async Task<IPage> LeaveWhileExportingAsync()
    {
        IPage page = await _user.NewPageAsync();
        await Browser.OpenAsync(page, $"{_server.Address}/exporting?{_name}");
        await page.ClickAsync("#start");
        await WritesAsync("export: begun");
        await page.ClickAsync("#plain");
        return page;
    }

    private Task<IPage> OpenAsync(IPage page) => OpenAsync(page, _server);

    private async Task<IPage> OpenAsync(IPage page, Server server)
    {
        await Browser.OpenAsync(page, $"{server.Address}/?{_name}");
        return page;
    }

    private static async Task StartAsync(IPage page)
    {
        await page.ClickAsync("#start");
        await Expect(page.Locator("#count")).Not.ToHaveTextAsync("0");
    }

    private static async Task<int> CountAsync(IPage page) => int.Parse(await page.InnerTextAsync("#count"), CultureInfo.InvariantCulture);

    private static Task ReachesAsync(IPage page, int count) => page.WaitForFunctionAsync(
        "count => Number(document.querySelector('#count').textContent) >= count", count, new PageWaitForFunctionOptions { PollingInterval = 10 });
}
