namespace Fibula;

/// <summary>A <see cref="ProgressChannel{T}"/> without its type of values.</summary>
internal interface IProgressChannel
{
    /// <summary>A value was accepted that the handler has not had.</summary>
    bool IsWaiting { get; }

    /// <summary>Accepts nothing more.</summary>
    void Close();

    /// <summary>On the UI thread: hands the value that waits to the handler.</summary>
    void Raise();
}
