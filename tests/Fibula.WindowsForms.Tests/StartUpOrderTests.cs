namespace Fibula.WindowsForms.Tests;

// Their windows would lie over those that other tests click on.
[Collection("Windows Forms")]
public sealed class StartUpOrderTests
{
    private const string Programs = "Fibula.WindowsForms.TestPrograms";

    // Many times what the other program takes.
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(5);

    [Fact]
    [Trait("Behaviour", "B2")]
    [Trait("Behaviour", "B3")]
    public async Task Main_ThatAwaitsAfterItsFirstForm_HangsByHandAndRunsWithFibula()
    {
        using var byHand = new WindowsProgram(Programs, "by-hand");
        using var withFibula = new WindowsProgram(Programs, "with-fibula");

        string? begun = await byHand.ReadLineAsync();
        Task<string> rest = byHand.ReadToEndAsync();
        string said = await withFibula.ReadToEndAsync();
        await withFibula.ExitAsync();
        await Task.WhenAny(rest, Task.Delay(LongEnough, TimeProvider.System, TestContext.Current.CancellationToken));
        bool hangs = !rest.IsCompleted;
        byHand.Kill();

        Assert.Equal("The form is made.", begun);
        Assert.True(hangs);
        Assert.Equal("", await rest);
        Assert.Equal(["The form is made.", "The prices are loaded.", "The form is closed."], said.ReplaceLineEndings("\n").TrimEnd().Split('\n'));
        Assert.Equal(0, withFibula.ExitCode);
    }
}
