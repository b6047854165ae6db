using System.Reflection;

namespace Fibula.WindowsForms.Tests;

[Collection("Windows Forms")]
public sealed class PricesWindowsFormsTests
{
    [Fact]
    [Trait("Behaviour", "B43")]
    [Trait("Behaviour", "B80")]
    public async Task Sample_UsedLikeAUserWould_LoadsPricesAndAsksBeforeItClosesAForm()
    {
        await using UserOfForms user = await UserOfForms.StartAsync(Assembly.Load("PricesWindowsForms").EntryPoint!);

        await user.ClickAsync("Prices", "Load the prices");
        await user.SeesAsync("Prices", "LoadAsync (PricesForm): price ");
        await user.SeesAsync("Prices", "30 prices, in all ");
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

        await user.Ended;
    }
}
