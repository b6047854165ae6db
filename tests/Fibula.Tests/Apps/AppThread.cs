namespace Fibula.Tests.Apps;

/// <summary>Runs an app on a thread of its own, as a program's main thread would.</summary>
internal static class AppThread
{
    /// <summary>Starts the app.</summary>
    /// <returns>Ends with what <see cref="UiApp.Run"/> returned or threw.</returns>
    public static Task<int> Run(UiApp app, UiLoop loop)
    {
        var ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                ended.SetResult(app.Run(loop));
            }
            catch (Exception error)
            {
                ended.SetException(error);
            }
        });
        thread.IsBackground = true;
        thread.Start();
        return ended.Task;
    }
}
