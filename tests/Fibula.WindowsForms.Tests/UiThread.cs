namespace Fibula.WindowsForms.Tests;

/// <summary>A thread as Windows Forms wants it, named "forms".</summary>
internal static class UiThread
{
    /// <summary>Runs a program on a thread of its own.</summary>
    /// <returns>A task that ends with it, with the error that left it.</returns>
    public static Task RunAsync(Action program)
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
            Name = "forms",
        };
        thread.SetApartmentState(ApartmentState.STA);
        thread.Start();
        return ended.Task.WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
    }
}
