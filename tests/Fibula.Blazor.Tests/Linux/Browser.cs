using Fibula.Blazor.Tests.Linux;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Fibula.Blazor.Tests.Linux;

/// <summary>One Chromium for all tests, each with a profile of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _chromium = new(LaunchAsync);

    /// <summary>A user with a new profile; tabs are pages of it.</summary>
    public async Task<IBrowserContext> NewUserAsync()
    {
        (_, IBrowser browser) = await _chromium.Value;
        IBrowserContext user = await browser.NewContextAsync();
        user.SetDefaultTimeout(30_000);
        return user;
    }

    /// <summary>Goes to a page and waits until it is interactive: the HTML that the user sees before that takes no click, and has no such comments.</summary>
    public static async Task OpenAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        await page.WaitForFunctionAsync("() => document.body.innerHTML.includes('<!--!--><h1>')", null, new PageWaitForFunctionOptions { PollingInterval = 10 });
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_chromium.IsValueCreated)
        {
            (IPlaywright playwright, IBrowser browser) = await _chromium.Value;
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> LaunchAsync()
    {
        Assertions.SetDefaultExpectTimeout(30_000);
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return (playwright, browser);
    }
}
