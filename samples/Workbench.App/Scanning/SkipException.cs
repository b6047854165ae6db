namespace Workbench;

/// <summary>A path can't take part in the scan; the message says why. Caught where the path is known, never outside the scan.</summary>
internal sealed class SkipException(SkipReason reason, string why) : Exception(why)
{
    public SkipReason Reason => reason;
}
