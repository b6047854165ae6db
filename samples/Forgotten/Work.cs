namespace Forgotten;

/// <summary>One piece of work. Nobody holds it but the method that does it, so it dies when the method does.</summary>
internal sealed class Work(Action comeBack) : IDisposable
{
    /// <summary>The method has come to its end, whatever that is.</summary>
    public void Dispose() => comeBack();
}
