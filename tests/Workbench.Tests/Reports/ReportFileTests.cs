using System.Text;
using Fibula;
using Fibula.Testing;

namespace Workbench;

public sealed class ReportFileTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TempFolder _reports = new();
    private readonly TestLoop _loop = new(TimeProvider.System);
    private readonly FolderScan _scan;
    private int _ended;

    public ReportFileTests()
    {
        _folder.Write("small, 1", "aa");
        _folder.Write("small \"2\"\n", "aa");
        _folder.Write("写真-1", new byte[1000]);
        _folder.Write("写真-2", new byte[1000]);
        _scan = new FolderScan(new TaskScope(_loop, "tab"), _folder.Path, new ScanOptions());
        _scan.Ended += () => _ended++;
        _scan.Start();
        _loop.RunUntil(() => _ended == 1);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _reports.Dispose();
    }

    [Fact]
    public void Write_Csv_IsATableThatSpreadsheetsRead()
    {
        BackgroundTask task = ReportFile.Write(_scan, _reports["report.csv"]);
        _loop.RunUntilEnded(task);

        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
        byte[] bytes = File.ReadAllBytes(_reports["report.csv"]);
        Assert.Equal(Encoding.UTF8.Preamble, bytes[..3]);
        string f = _folder.Path;
        Assert.Equal(
            $"group,size,path\r\n1,2,\"{f}/small \"\"2\"\"\n\"\r\n1,2,\"{f}/small, 1\"\r\n2,1000,{f}/写真-1\r\n2,1000,{f}/写真-2\r\n",
            Encoding.UTF8.GetString(bytes[3..]));
    }

    [Fact]
    public void Write_Json_IsTheLineThatStandardOutputGets()
    {
        _loop.RunUntilEnded(ReportFile.Write(_scan, _reports["report.json"]));

        Assert.Equal(JsonReport.Format(_scan.Result!) + Environment.NewLine, File.ReadAllText(_reports["report.json"]));
    }

    [Fact]
    public void Write_OverAReport_ReplacesItAndLeavesNothingBeside()
    {
        _reports.Write("report.csv", "old");

        _loop.RunUntilEnded(ReportFile.Write(_scan, _reports["report.csv"]));

        Assert.StartsWith("group,size,path", File.ReadAllText(_reports["report.csv"]));
        Assert.Equal([_reports["report.csv"]], Directory.EnumerateFileSystemEntries(_reports.Path));
    }

    [Fact]
    public void Write_ThatFailsAtTheEnd_LeavesNothingBeside()
    {
        TaskFault? told = null;
        _scan.Tasks.Faulted += fault =>
        {
            fault.Handled = true;
            told = fault;
        };

        BackgroundTask task = ReportFile.Write(_scan, _reports["report.csv"]);
        Directory.CreateDirectory(_reports["report.csv"]);
        _loop.RunUntil(() => told is not null);

        Assert.Equal(task, told!.Task);
        Assert.Equal([_reports["report.csv"]], Directory.EnumerateFileSystemEntries(_reports.Path));
    }

    [Fact]
    public void CloseTab_WhileItIsWritten_WaitsForIt()
    {
        BackgroundTask task = ReportFile.Write(_scan, _reports["report.csv"]);

        _loop.RunUntilEnded(_scan.CloseAsync());

        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
        Assert.True(File.Exists(_reports["report.csv"]));
    }

    [Theory]
    [InlineData("", "Type the name of a file that ends in .csv or .json.")]
    [InlineData("/tmp/report.xls", "The name must end in .csv or in .json: that says what is written.")]
    [InlineData("/nowhere/at/all/report.csv", "There is no such folder. Make it first, or type another.")]
    [InlineData("/tmp/REPORT.CSV", null)]
    public void FindProblem_SaysWhatToTypeInstead(string path, string? problem) => Assert.Equal(problem, ReportFile.FindProblem(path));
}
