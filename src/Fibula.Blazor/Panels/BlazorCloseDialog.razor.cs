using System.ComponentModel;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Fibula;

/// <summary>Asks what becomes of tasks whose policy is <see cref="ClosePolicy.Ask"/> when their page is left: a line for each task, a button for each answer.</summary>
/// <remarks>
/// <para><b>Threads.</b> Like every component it belongs to its renderer. It updates automatically.</para>
/// <para><b>Cancellation.</b> It disappears when its tasks have ended. Escape is <see cref="CloseAnswer.Stay"/>, and so is a browser that cannot show it.</para>
/// <para>Put it once where all pages have it: into the layout, or beside the router. Without it nobody is asked, and the tasks are canceled. It shows nothing
/// until there is a question: then a modal <c>dialog</c> element with the id <c>fibula-close</c>.</para>
/// <para>Use <see cref="UiAppOptions.OnAsk"/> instead to ask in a way of your own.</para>
/// </remarks>
public sealed partial class BlazorCloseDialog : ComponentBase, IDisposable
{
    private const string Id = "fibula-close";

    private BlazorLoop? _loop;
    private Task _last = Task.CompletedTask;
    private TaskCompletionSource<CloseAnswer> _answer = new();
    private bool _isShown;
    private bool _isGone;

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    private CloseQuestion? Question { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isGone = true;
        _loop?.CloseDialogs.Remove(this);
        Stay();
    }

    /// <summary>Asks, one question after the other.</summary>
    internal Task<CloseAnswer> AskAsync(CloseQuestion question)
    {
        Task<CloseAnswer> answer = AskAfterAsync(_last, question);
        _last = answer;
        return answer;
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        // None where the page is only prerendered.
        _loop = BlazorLoop.OfThisCircuit();
        _loop?.CloseDialogs.Add(this);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Question is null || _isShown)
        {
            return;
        }

        _isShown = true;
        try
        {
            await ShowModalAsync().ConfigureAwait(true);
        }
        catch (Exception error) when (error is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // The element may be gone already, with its question.
            Stay();
        }
    }

    // Needs no script of the page. The element is looked for each time: what Blazor finds by a name it keeps, and that would be the element of the first question.
    private async Task ShowModalAsync()
    {
        IJSObjectReference element = await Browser.InvokeAsync<IJSObjectReference>("document.getElementById", Id).ConfigureAwait(true);
        await using (element.ConfigureAwait(true))
        {
            await element.InvokeVoidAsync("showModal").ConfigureAwait(true);
        }
    }

    private async Task<CloseAnswer> AskAfterAsync(Task last, CloseQuestion question)
    {
        await last.ConfigureAwait(true);
        return _isGone ? CloseAnswer.Stay : await ShowAsync(question).ConfigureAwait(true);
    }

    private async Task<CloseAnswer> ShowAsync(CloseQuestion question)
    {
        var answer = new TaskCompletionSource<CloseAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration takenBack = question.CancellationToken.Register(() => answer.TrySetResult(CloseAnswer.Cancel));
        question.Changed += OnChanged;
        (Question, _answer, _isShown) = (question, answer, false);
        StateHasChanged();
        CloseAnswer given = await answer.Task.ConfigureAwait(true);
        question.Changed -= OnChanged;
        Question = null;
        StateHasChanged();
        return given;
    }

    private void OnChanged(object? sender, PropertyChangedEventArgs e) => StateHasChanged();

    private void Stay() => Answer(CloseAnswer.Stay);

    private void Answer(CloseAnswer answer) => _answer.TrySetResult(answer);
}
