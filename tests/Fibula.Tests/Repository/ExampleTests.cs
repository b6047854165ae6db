using System.Xml.Linq;
using Fibula.CompilerServices;

namespace Fibula.Tests.Repository;

/// <summary>The examples that the editor shows of the types of the core.</summary>
public sealed class ExampleTests
{
    private static readonly IEnumerable<string> Sources = SourceTree.Files("src", "*.cs");

    // What nobody writes by hand.
    private static readonly Type[] Excepted =
    [
        typeof(BackgroundTaskAwaiter),          // the compiler's: await
        typeof(BackgroundTaskAwaiter<>),
        typeof(ConfiguredBackgroundTask),       // the compiler's: await with ConfigureAwait
        typeof(ConfiguredBackgroundTask<>),
        typeof(ForgottenTask),                  // called by generated code only, and hidden from the editor
        typeof(TaskCommandBase),                // what TaskCommand and TaskCommand<T> have in common: they have the examples
    ];

    [Fact]
    public void PublicTypes_ShowAnExample()
    {
        var documented = XDocument.Load(Path.ChangeExtension(typeof(TaskScope).Assembly.Location, ".xml"));
        var shown = documented.Descendants("member").Where(member => member.Element("example") is not null).Select(member => member.Attribute("name")!.Value).ToHashSet();
        var types = typeof(TaskScope).Assembly.GetExportedTypes().Where(static type => !type.IsSpecialName);     // not those that the compiler makes of 'extension'
        var wrong = types.Where(type => shown.Contains($"T:{type.FullName}") == Excepted.Contains(type));

        Finding.None(
            wrong.Select(type => type.FullName!),
            "These types of the core show no example (or have one, and are excepted in this test). Add to the documentation of each\n"
            + "/// <example>\n/// <code source=\"tests/Fibula.Tests/Examples/<file>.cs#<name>\">\n/// </code>\n/// </example>\n"
            + "with the name of a region '// docs: <name>' of a test that runs it, and run eng/docs.sh.");
    }

    [Fact]
    public void Code_IsTheCodeThatIsCompiled()
    {
        CodeRegion.Check(Sources, CodeExamples.Update);
    }

    [Fact]
    public void Examples_AreTakenFromAFile()
    {
        var loose = from path in Sources
                    from example in CodeExamples.Loose(SourceTree.Read(path))
                    select $"{path}: {example}";

        Finding.None(loose, "These examples name no code that is compiled. Write <code source=\"<file>.cs#<name>\"> right after <example>, and run eng/docs.sh.");
    }
}
