namespace Fibula.Tests.Conformance;

/// <summary>A thread of a program's own, as a toolkit of Windows wants it.</summary>
internal static class UiThread
{
    /// <summary>Runs a program on a thread of its own.</summary>
    /// <returns>A task that ends with it, with the error that left it.</returns>
    public static Task RunAsync(Action program, string name = "forms")
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                program();
                ended.SetResult();
            }
            catch (Exception error)
            {
                ended.SetException(error);
            }
        })
        {
            IsBackground = true,
            Name = name,
        };
        if (OperatingSystem.IsWindows())
        {
            thread.SetApartmentState(ApartmentState.STA);
        }

        thread.Start();
        return ended.Task.WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
    }
}
