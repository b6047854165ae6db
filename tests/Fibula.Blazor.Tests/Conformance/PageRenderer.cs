#pragma warning disable BL0006 // A renderer of one's own is made of these types, whatever a later version does to them.
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fibula.Blazor.Tests.Conformance;

/// <summary>A renderer as a server has one for each circuit; what it paints goes nowhere.</summary>
internal sealed class PageRenderer : Renderer
{
    private readonly Action<Exception> _onError;
    private readonly ConcurrentQueue<TaskCompletionSource> _awaitedPaint = new();
    private ButtonPage? _page;
    private ulong _onClick;

    public PageRenderer(Action<Exception> onError)
        : base(new ServiceCollection().BuildServiceProvider(), NullLoggerFactory.Instance)
    {
        _onError = onError;
        UnhandledSynchronizationException += (_, e) => onError((Exception)e.ExceptionObject);
    }

    public override Dispatcher Dispatcher { get; } = Dispatcher.CreateDefault();

    public void Show()
    {
        _page = (ButtonPage)InstantiateComponent(typeof(ButtonPage));
        _ = RenderRootComponentAsync(AssignRootComponentId(_page));
    }

    public void Click(Action received) => Dispatcher.InvokeAsync(() =>
    {
        _page!.Clicked = received;
        return DispatchEventAsync(_onClick, null, EventArgs.Empty);
    });

    public Task RepaintAsync()
    {
        var painted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Dispatcher.InvokeAsync(() =>
        {
            _awaitedPaint.Enqueue(painted);
            _page!.Repaint();
        });
        return painted.Task;
    }

    protected override void HandleException(Exception exception) => _onError(exception);

    protected override Task UpdateDisplayAsync(in RenderBatch renderBatch)
    {
        for (int index = 0; index < renderBatch.ReferenceFrames.Count; index++)
        {
            RenderTreeFrame frame = renderBatch.ReferenceFrames.Array[index];
            _onClick = frame.FrameType == RenderTreeFrameType.Attribute && frame.AttributeEventHandlerId != 0 ? frame.AttributeEventHandlerId : _onClick;
        }

        while (_awaitedPaint.TryDequeue(out TaskCompletionSource? painted))
        {
            painted.SetResult();
        }

        return Task.CompletedTask;
    }
}
