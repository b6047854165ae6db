namespace Fibula;

/// <summary>What follows a pass of a close.</summary>
internal enum PassOutcome
{
    /// <summary>Nothing: the close has ended meanwhile.</summary>
    Ended,

    /// <summary>Everybody has ended or was left behind, and the close ends.</summary>
    Over,

    /// <summary>Another pass follows immediately.</summary>
    Again,

    /// <summary>Another pass when something is due.</summary>
    Waits,
}
