namespace Fibula.Tests.Structure;

/// <summary>The examples that the editor shows of the types of the core.</summary>
public sealed class ExampleTests
{
    private static readonly IEnumerable<string> Sources = Repository.Files("src", "*.cs");

    [Fact]
    public void Code_IsTheCodeThatIsCompiled()
    {
        CodeRegion.Check(Sources, CodeExamples.Update);
    }

    [Fact]
    public void Examples_AreTakenFromAFile()
    {
        var loose = from path in Sources
                    from example in CodeExamples.Loose(Repository.Read(path))
                    select $"{path}: {example}";

        Finding.None(loose, "These examples name no code that is compiled. Write <code source=\"<file>.cs#<name>\"> right after <example>, and run eng/docs.sh.");
    }
}
