namespace Fibula;

/// <summary>A component that owns tasks: it has <c>this.Tasks</c>, which end with it, and is rendered again when one of them reports progress.</summary>
/// <remarks>
/// <para>One line in <c>_Imports.razor</c> gives it to all components of a folder, whatever they derive from: <c>@implements Fibula.ITaskOwner</c>.</para>
/// <para>Blazor tells a component of its end by disposing it, which is done here: the tasks are canceled, and a component that is <see cref="IDisposable"/>
/// is disposed as before. One with a <c>DisposeAsync</c> of its own calls <see cref="BlazorExtensions.CloseTasksAsync"/> there.</para>
/// </remarks>
public interface ITaskOwner : IAsyncDisposable
{
    /// <inheritdoc/>
    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        Task closed = this.CloseTasksAsync();

        // Blazor calls only one of the two.
        (this as IDisposable)?.Dispose();
        await closed.ConfigureAwait(false);
    }
}
