namespace Fibula;

/// <summary>A <see cref="ProgressChannel{T}"/> without its type of values.</summary>
internal interface IProgressChannel
{
    /// <summary>Accepts nothing more. On the UI thread the value that waits is handed over now, before whoever awaits the task resumes.</summary>
    void Close();

    /// <summary>On the UI thread: hands over the value that waits, if any does.</summary>
    void Raise();
}
