namespace Fibula.Blazor.TestPrograms;

/// <summary>What the server's HTTP requests start and nobody awaits.</summary>
internal sealed class Requests
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Start()
    {
        _ = AuditAsync();
        return "started";
    }

    public string Fail()
    {
        _end.SetResult();
        return "failed";
    }

    private async Task AuditAsync()
    {
        await _end.Task;
        throw new InvalidOperationException("A secret of the request.");
    }
}
