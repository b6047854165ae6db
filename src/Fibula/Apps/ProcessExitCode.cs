namespace Fibula;

/// <summary>What the process ends with instead of 0. <c>Main</c> may return 0, which is the runtime's last word unless it is changed when the process ends. A
/// code of the program that says something else stays.</summary>
internal sealed class ProcessExitCode
{
    /// <summary>A fault that nobody handled.</summary>
    public const int Failed = 1;

    private int _code;

    /// <summary>Keeps the code until the process ends. That of a signal replaces that of a fault, and not the other way round.</summary>
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
