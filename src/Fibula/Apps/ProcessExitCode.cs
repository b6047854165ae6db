namespace Fibula;

/// <summary>The exit code of the process in place of 0. If <c>Main</c> returns 0, that must be changed when the process ends. Another
/// code of the program stays.</summary>
internal sealed class ProcessExitCode
{
    /// <summary>A fault that nobody handled.</summary>
    public const int Failed = 1;

    private int _code;

    /// <summary>Keeps the code until the process ends. A signal's code replaces a fault's, and not the other way round.</summary>
    public void Keep(int code)
    {
        int before;
        do
        {
            before = Volatile.Read(ref _code);
            if (before > code)
            {
                return;
            }
        }
        while (Interlocked.CompareExchange(ref _code, code, before) != before);

        if (before == 0)
        {
            AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        }
    }

    private void OnProcessExit(object? sender, EventArgs e)
    {
        if (Environment.ExitCode == 0)
        {
            Environment.ExitCode = _code;
        }
    }
}
