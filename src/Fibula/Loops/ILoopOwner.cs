namespace Fibula;

/// <summary>The app on a loop, as the loop sees it.</summary>
internal interface ILoopOwner
{
    string Name { get; }

    /// <summary>How long an exit that cannot be refused may take.</summary>
    TimeSpan ForcedExitLimit { get; }

    /// <summary>Leaves without asking.</summary>
    void Exit();

    /// <summary>Asks the exit hook, since the user's session ends.</summary>
    /// <returns>A task that ends with the hook's decision. It never fails.</returns>
    Task EndSessionAsync();

    /// <summary>A loop is about to end. The loop may have refused the app.</summary>
    void LoopEnds(UiLoop loop);

    /// <summary>A loop has ended, and all tasks on it were canceled.</summary>
    void LoopEnded(UiLoop loop);
}
