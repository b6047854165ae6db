using Fibula.Testing;

namespace Fibula.Tests.Apps;

public sealed class UiAppOptionsTests
{
    [Fact]
    public void Name_Empty_IsRefusedWhereItIsSet()
    {
        var options = new UiAppOptions { Name = "Notes" };

        Assert.Throws<ArgumentException>("value", () => options.Name = string.Empty);

        Assert.Equal("Notes", options.Name);
    }

    [Fact]
    public void Name_Null_IsThatOfTheProgram()
    {
        UiApp app = new TestLoop().UseFibula(options => options.Name = null);

        Assert.Equal(typeof(UiAppOptionsTests).Assembly.GetName().Name, app.Tasks.Name);
    }
}
