using Microsoft.Extensions.DependencyInjection;

namespace Fibula.Blazor.Tests.Circuits;

/// <summary>A singleton of a server whose work belongs to no user.</summary>
internal sealed class AuditLog([FromKeyedServices("server")] TaskScope tasks)
{
    public TaskCompletionSource Ready { get; } = new();

    public bool HasWritten { get; private set; }

    public TaskScope Scope => tasks;

    public void Write() => tasks.Run(WriteAsync, new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(30)) });

    private async Task WriteAsync()
    {
        await Ready.Task;
        HasWritten = true;
    }
}
