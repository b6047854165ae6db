using Fibula.Testing;
using Fibula.Tests.Repository;

namespace Fibula.Tests.Conformance;

public sealed class ToolkitTableTests
{
    private const string Document = "docs/toolkits.md";

    // The behaviours of a UI loop; that each is proved on a loop is seen by the loops' own runs.
    private static readonly string[] Behaviours =
        ["B1", "B2", "B3", "B4", "B10", "B11", "B16", "B23", "B34", "B39", "B40", "B43", "B44", "B50", "B51", "B52", "B53", "B54", "B55", "B56", "B57", "B58", "B68", "B71", "B78", "B79", "B80", "B81", "B82", "B87", "B89", "B90", "B93", "B94", "B96"];

    [Fact]
    public void Table_IsWhatTheResultsGive()
    {
        string written = SourceTree.Read(Document);

        string given = ToolkitTable.Update(written, ToolkitResults.Read());

        if (ToolkitResults.IsUpdating)
        {
            File.WriteAllText(SourceTree.PathOf(Document), given);
            return;
        }

        Assert.True(given == written, $"The table in {Document} is not what {ToolkitResults.File} gives. Run eng/docs.sh toolkits.");
    }

    [Fact]
    public void Results_NameNoBrokenPromise()
    {
        var broken = ToolkitResults.Read().SelectMany(loop => LoopConformance.Promises.Select(promise => promise.Name)
            .Except(loop.Value.Kept).Except(loop.Value.LeftOut.Keys).Select(promise => $"{loop.Key}: {promise}"));

        Finding.None(broken);
    }

    [Fact]
    public void Promises_CoverEveryBehaviourOfALoop()
    {
        Assert.Equal(Behaviours, LoopConformance.Promises.Select(promise => promise.Behaviour).Distinct());
    }

    [Fact]
    public void Promises_HaveNamesOfTheirOwn()
    {
        Assert.Distinct(LoopConformance.Promises.Select(promise => promise.Name));
    }
}
