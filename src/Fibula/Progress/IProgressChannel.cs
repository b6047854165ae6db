namespace Fibula;

/// <summary>A <see cref="ProgressChannel{T}"/> without its type of values.</summary>
internal interface IProgressChannel
{
    /// <summary>A value was accepted that the handler has not had, or has not dealt with yet.</summary>
    bool IsPending { get; }

    /// <summary>Accepts nothing more, but from a handler of the same task.</summary>
    /// <param name="letsGo">Nor that: no handler is called any more.</param>
    void Close(bool letsGo);

    /// <summary>On the UI thread: hands the value that waits to the handler.</summary>
    void Raise();
}
