namespace Workbench;

/// <summary>A face of the app.</summary>
internal interface IScreen
{
    /// <summary>Runs the app on the calling thread until it has left, and shows it meanwhile.</summary>
    /// <returns>False if not all could be shown.</returns>
    bool Show(WorkbenchApp app);
}
