namespace Fibula.Tests.Repository;

public sealed class CodeBlocksTests
{
    private const string Marker = "<!-- code: tests/Fibula.Tests/Repository/CodeBlocksTests.cs#example -->\n";

    [Fact]
    public void Update_WithAMarkedBlock_TakesTheLinesFromTheFileWithoutTheirIndent()
    {
        string updated = CodeBlocks.Update($"Before\n\n{Marker}```csharp\nold\n```\nAfter\n");

        Assert.Equal($"Before\n\n{Marker}```csharp\nint answer = 42;\n\nAssert.Equal(42, answer);\n```\nAfter\n", updated);
    }

    [Fact]
    public void Update_WithAnUnknownName_TellsWhichLinesAreMissing()
    {
        var error = Assert.Throws<InvalidOperationException>(() => CodeBlocks.Update($"{Marker.Replace("example", "absent")}```csharp\n```"));

        Assert.Equal("'tests/Fibula.Tests/Repository/CodeBlocksTests.cs' has no lines between '// docs: absent' and '// docs: end'.", error.Message);
    }

    [Fact]
    public void Loose_FindsOnlyBlocksWithoutAMarker()
    {
        var loose = CodeBlocks.Loose($"{Marker}```csharp\nvar taken = 1;\n```\n\n```csharp\nvar typed = 2;\n```\n\n```sh\nls\n```\n");

        Assert.Equal(["var typed = 2;"], loose);
    }

    [Fact]
    public void Example_IsRealCode()
    {
        // docs: example
        int answer = 42;

        Assert.Equal(42, answer);
        // docs: end
    }
}
