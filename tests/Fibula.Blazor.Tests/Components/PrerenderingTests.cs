using Bunit;
using Microsoft.AspNetCore.Components;

namespace Fibula.Blazor.Tests.Components;

public sealed class PrerenderingTests : IDisposable
{
    private readonly BunitContext _page = new();

    public PrerenderingTests() => _page.Renderer.SetRendererInfo(new RendererInfo("Static", isInteractive: false));

    public void Dispose() => _page.Dispose();

    [Fact, Trait("Behaviour", "B2")]
    public void Tasks_WhilePrerendering_AreCanceledBeforeTheirFirstStep()
    {
        bool isBegun = false;

        var component = _page.Render<Worker>(p => p.Add(worker => worker.AtStart, _ =>
        {
            isBegun = true;
            return Task.CompletedTask;
        })).Instance;

        Assert.False(isBegun);
        Assert.Equal(BackgroundTaskState.Canceled, component.Started!.State);
        Assert.StartsWith("Scope 'Worker (only prerendered)' is closed", component.Started.CancelReason!.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "B2")]
    public void AwaitOfATask_WhilePrerendering_EndsTheStartOfTheComponentWithoutAnError()
    {
        var component = _page.Render<AwaitingWorker>();

        component.MarkupMatches("<p>loading</p>");
    }

    [Fact]
    public void CloseAfterTasks_WhilePrerendering_DoesNothing()
    {
        _page.Render<AskingPage>();

        Assert.False(_page.Renderer.UnhandledException.IsCompleted);
    }
}
