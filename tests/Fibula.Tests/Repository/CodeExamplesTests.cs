namespace Fibula.Tests.Repository;

public sealed class CodeExamplesTests
{
    private const string Start = "    /// <example>\n    /// <code source=\"tests/Fibula.Tests/Repository/CodeExamplesTests.cs#cheap\">\n";
    private const string End = "    /// </code>\n    /// </example>\n";

    [Fact]
    public void Update_WithASource_TakesItsLinesAsXml()
    {
        string updated = CodeExamples.Update($"Before\n{Start}    /// old\n{End}After\n");

        Assert.Equal(
            $"Before\n{Start}    /// List&lt;int> prices = [42];\n    ///\n    /// Assert.True(prices.Count &lt; 2 &amp;&amp; prices[0] == 42);\n{End}After\n",
            updated);
    }

    [Fact]
    public void Update_OfAnEmptyExample_FillsItIn()
    {
        Assert.Contains("/// List&lt;int> prices", CodeExamples.Update($"{Start}{End}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Loose_FindsOnlyExamplesWithoutASource()
    {
        string typed = "/// <example>\n/// <code>\n/// int price = 42;\n/// </code>\n/// </example>\n";

        Assert.Equal(["<code>"], CodeExamples.Loose($"{Start}{End}{typed}{Start}{End}"));
    }

    [Fact]
    public void Example_IsRealCode()
    {
        // docs: cheap
        List<int> prices = [42];

        Assert.True(prices.Count < 2 && prices[0] == 42);
        // docs: end
    }
}
