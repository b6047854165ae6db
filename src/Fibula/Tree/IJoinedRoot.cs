namespace Fibula;

/// <summary>The root on another loop that a task of its owner stands for.</summary>
internal interface IJoinedRoot
{
    /// <summary>How long the close of the owner leaves its tasks alone at most.</summary>
    TimeSpan TimeToFinish { get; }

    /// <summary>Describes what the task waits for: the live tasks of the joined root.</summary>
    string DescribeWait();

    /// <summary>The close of the owner has this much time left for it.</summary>
    void Limit(TimeSpan within);

    /// <summary>The root is closed. Called on whichever thread has ended its close.</summary>
    void OnClosed();
}
