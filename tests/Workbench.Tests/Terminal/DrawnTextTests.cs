using Terminal.Gui.Text;

namespace Workbench;

public sealed class DrawnTextTests
{
    [Theory]
    [InlineData("plain_name.txt", "plain_name.txt")]
    [InlineData("写真 東京", "写真 東京")]
    [InlineData("red \u001b[31m", "red \\u001B[31m")]
    [InlineData("family 👨‍👩‍👧", "family 👨👩👧")]
    [InlineData("❤️ 👍🏽", "❤ 👍")]
    [InlineData("invisible\u200b", "invisible")]
    public void Of_AnyName_IsDrawableAndOfOneWidth(string name, string drawn)
    {
        Assert.Equal(drawn, DrawnText.Of(name));
    }

    // An attribute can't hold half a surrogate pair.
    [Fact]
    public void Of_HalfASurrogatePair_IsTheReplacementCharacter()
    {
        Assert.Equal("half \ufffd", DrawnText.Of("half \ud83d"));
    }

    [Theory]
    [InlineData("short", 5, "short")]
    [InlineData("too long", 5, "too …")]
    [InlineData("東京タワー", 6, "東京…")]
    [InlineData("東京タワー", 7, "東京タ…")]
    [InlineData("x", 0, "")]
    public void Fit_WideCharacters_NeverTakesMoreColumns(string text, int columns, string fitting)
    {
        Assert.Equal(fitting, DrawnText.Fit(text, columns));
        Assert.InRange(DrawnText.Fit(text, columns).GetColumns(), 0, columns);
    }

    [Fact]
    public void Wrap_ALongPath_IndentsAllLinesButTheFirst()
    {
        Assert.Equal(["東京タ", "  ワー", "  abc"], DrawnText.Wrap("東京タワーabc", 6, "  "));
    }
}
