namespace LostTasks;

internal static class SemaphoreWork
{
    public static async Task WaitAsync(Trace trace, CancellationToken token)
    {
        object witness = trace.Begin();

        // docs: semaphore
        var answered = new SemaphoreSlim(0);
        var question = new Question { OnAnswer = () => answered.Release() };
        try
        {
            await answered.WaitAsync(token);
            trace.Resumed(witness);
            question.Close();
        }
        finally
        {
            trace.Finally();
        }
        // docs: end
    }

    /// <summary>Would call back when the user has answered; nobody shows it.</summary>
    private sealed class Question
    {
        public Action? OnAnswer { get; set; }

        public void Close() => OnAnswer = null;
    }
}
