using System.Runtime.CompilerServices;

namespace Workbench;

/// <summary>
/// Root reads any folder, whatever its permissions. So that a test on permissions says something for root too, it is run
/// once more in a child process: still root, who owns the files, but without the capabilities to override permissions.
/// </summary>
internal static class WithoutRootsPowers
{
    private const string ChildMark = "WORKBENCH_TESTS_WITHOUT_ROOTS_POWERS";
    private const string Powers = "-dac_override,-dac_read_search";

    public static async Task RunAsync(
        Func<Task> test, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "")
    {
        if (!Environment.IsPrivilegedProcess || Environment.GetEnvironmentVariable(ChildMark) is not null)
        {
            await test();
            return;
        }

        string program = Path.ChangeExtension(typeof(WithoutRootsPowers).Assembly.Location, null);
        string output = Shell.Run(
            "setpriv", $"--bounding-set={Powers}", $"--inh-caps={Powers}", "env", $"{ChildMark}=1",
            program, "-method", $"Workbench.{Path.GetFileNameWithoutExtension(sourceFile)}.{method}");
        Assert.Contains("Total: 1", output);
    }
}
