namespace Fibula;

/// <summary>A handle whose work has a result.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal interface ITaskResult<out T> : ITaskNode
{
    /// <summary>Read after success only.</summary>
    T Result { get; }
}
