using Fibula.Blazor.Tests.Linux;

[assembly: AssemblyFixture(typeof(Servers))]

namespace Fibula.Blazor.Tests.Linux;

/// <summary>One server of each program for all tests that do not end it.</summary>
public sealed class Servers : IAsyncDisposable
{
    // Guards _servers.
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<Server>> _servers = [];

    internal Task<Server> GetAsync(string project)
    {
        lock (_gate)
        {
            if (!_servers.TryGetValue(project, out Task<Server>? server))
            {
                server = Server.StartAsync(project);
                _servers.Add(project, server);
            }

            return server;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Task<Server> server in _servers.Values)
        {
            await (await server).DisposeAsync();
        }
    }
}
