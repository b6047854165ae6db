namespace Fibula;

/// <summary>Who asks the user about tasks that run while something closes: the app, or else the toolkit.</summary>
internal interface IAsksBeforeClose
{
    /// <summary>On the UI thread.</summary>
    Task<CloseAnswer> AskAsync(CloseQuestion question);
}
