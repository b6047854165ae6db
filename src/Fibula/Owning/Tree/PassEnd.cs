namespace Fibula;

/// <summary>What is left to do after a pass of a close.</summary>
/// <param name="Pass">The pass; null where the close has ended meanwhile, and nothing is left to do.</param>
/// <param name="IsOver">Everybody has ended or was left behind.</param>
/// <param name="IsAgain">Another pass follows at once.</param>
/// <param name="NextDue">Else the moment at which it does, counted from the start of the close.</param>
/// <param name="Ready">The tasks of the scope that have nobody left to wait for.</param>
internal readonly record struct PassEnd(ScopePass? Pass, bool IsOver, bool IsAgain, TimeSpan NextDue, List<CloseInsiders.Insider> Ready);
