namespace Workbench;

public sealed class CommandLineTests
{
    [Fact]
    public void Parse_Nothing_ScansTheCurrentFolder()
    {
        var line = CommandLine.Parse([]);

        Assert.Null(line.Problem);
        Assert.Equal(["."], line.Folders);
        Assert.Equal((UiChoice.Automatic, false, 1), (line.Ui, line.Json, line.MinSize));
    }

    [Fact]
    public void Parse_OptionsAmongFolders_TakesAll()
    {
        var line = CommandLine.Parse(["a", "--ui", "plain", "b", "--json", "--min-size", "4096", "c"]);

        Assert.Null(line.Problem);
        Assert.Equal(["a", "b", "c"], line.Folders);
        Assert.Equal((UiChoice.Plain, true, 4096), (line.Ui, line.Json, line.MinSize));
    }

    [Fact]
    public void Parse_ValuesAfterEqualsSigns_TakesThem()
    {
        var line = CommandLine.Parse(["--ui=terminal", "--min-size=2k"]);

        Assert.Equal((UiChoice.Terminal, 2048), (line.Ui, line.MinSize));
    }

    [Fact]
    public void Parse_AfterTwoDashes_TakesFoldersOnly()
    {
        var line = CommandLine.Parse(["--", "--json", "-x", "--"]);

        Assert.Null(line.Problem);
        Assert.Equal(["--json", "-x", "--"], line.Folders);
        Assert.False(line.Json);
    }

    [Theory]
    [InlineData("workbench")]
    [InlineData("@2024")]
    [InlineData("[2024]")]
    [InlineData("[2024]", "[2025]")]
    [InlineData("/h")]
    [InlineData("-")]
    [InlineData("a=b")]
    public void Parse_FolderWithANameThatMeansSomethingElsewhere_IsAFolder(params string[] folders)
    {
        var line = CommandLine.Parse(folders);

        Assert.Null(line.Problem);
        Assert.Equal(folders, line.Folders);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("64K", 65536)]
    [InlineData("10m", 10485760)]
    [InlineData("1G", 1073741824)]
    [InlineData("8589934591G", 9223372035781033984)]
    public void Parse_MinSize_UnderstandsBytesAndUnits(string size, long bytes) =>
        Assert.Equal(bytes, CommandLine.Parse(["--min-size", size]).MinSize);

    [Theory]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("K")]
    [InlineData("ten")]
    [InlineData("1.5M")]
    [InlineData("1 K")]
    public void Parse_MinSizeThatIsNone_SaysWhatToType(string size) => Assert.Equal(
        $"'{size}' is not a size. Type --min-size with a whole number of bytes that is not negative, like 4096, or with K, M or G, like 10M.",
        CommandLine.Parse(["--min-size", size]).Problem);

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("8589934592G")]
    public void Parse_MinSizeBeyondAllFiles_SaysWhatToType(string size) => Assert.Equal(
        $"No file has '{size}' bytes. Type --min-size with a smaller number.",
        CommandLine.Parse(["--min-size", size]).Problem);

    [Theory]
    [InlineData("There is no option '--jsn'. Did you mean --json? For a folder of that name, type -- before it.", "--jsn")]
    [InlineData("There is no option '-json'. Did you mean --json? For a folder of that name, type -- before it.", "-json")]
    [InlineData("There is no option '--minsize'. Did you mean --min-size? For a folder of that name, type -- before it.", "--minsize", "3")]
    [InlineData("There is no option '--frobnicate'. Type --help for the options. For a folder of that name, type -- before it.", "--frobnicate")]
    [InlineData("There is no option '-x'. Type --help for the options. For a folder of that name, type -- before it.", "-x")]
    [InlineData("There is no user interface 'gtk'. Type --ui terminal or --ui plain.", "--ui", "gtk")]
    [InlineData("Required argument missing for option: '--ui'. Type --ui terminal|plain.", "--ui")]
    [InlineData("Required argument missing for option: '--min-size'. Type --min-size BYTES.", "--min-size")]
    [InlineData("--json takes no value. Type --json without '=yes'.", "--json=yes")]
    [InlineData("Option '--ui' expects a single argument but 2 were provided. Type --ui terminal|plain.", "--ui", "plain", "--ui", "plain")]
    [InlineData("--json writes for programs and --ui terminal draws for people. Leave one of them out.", "--json", "--ui", "terminal")]
    [InlineData("A folder's name is empty. Type '.' for the current folder.", "")]
    public void Parse_WrongUsage_SaysWhatToType(string problem, params string[] arguments) =>
        Assert.Equal(problem, CommandLine.Parse(arguments).Problem);

    [Fact]
    public void Parse_HelpAndVersion_AreQuestions()
    {
        Assert.True(CommandLine.Parse(["--help"]).IsQuestion);
        Assert.True(CommandLine.Parse(["-h"]).IsQuestion);
        Assert.True(CommandLine.Parse(["--version"]).IsQuestion);
        Assert.False(CommandLine.Parse(["--json"]).IsQuestion);
    }
}
