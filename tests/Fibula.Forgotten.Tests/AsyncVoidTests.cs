using System.Runtime.CompilerServices;

namespace Fibula.Forgotten.Tests;

/// <summary>An <c>async void</c> method or lambda, in a project that has opted in.</summary>
public sealed class AsyncVoidTests : IDisposable
{
    private readonly Ui _ui = new();
    private readonly TaskCompletionSource _goOn = new();

    private event Action? Saving;

    public void Dispose() => _ui.Dispose();

    private static int LineOfSave => Line() + 2;

    private static async void Save_Click(object? sender, EventArgs e)
    {
        await Task.Yield();
        throw new TestException();
    }

    [Fact, Trait("Behaviour", "B49")]
    public void Handler_ThatThrows_IsAFaultWithItsNameAndPlace()
    {
        _ui.Handle(() => Save_Click(this, EventArgs.Empty));

        TaskFault fault = Assert.Single(_ui.Faults);
        Assert.IsType<TestException>(fault.Exception);
        Assert.Equal($"{nameof(AsyncVoidTests)}.{nameof(Save_Click)}", fault.Name);
        Assert.EndsWith($"{nameof(AsyncVoidTests)}.cs", fault.FilePath);
        Assert.Equal(LineOfSave, fault.LineNumber);
    }

    [Fact, Trait("Behaviour", "B49")]
    public void Lambda_ThatThrows_IsAFaultWithTheNameOfTheMemberItIsIn()
    {
        Saving += async () =>
        {
            await Task.Yield();
            throw new TestException();
        };

        _ui.Handle(() => Saving());

        Assert.Equal($"{nameof(AsyncVoidTests)}.{nameof(Lambda_ThatThrows_IsAFaultWithTheNameOfTheMemberItIsIn)}", Assert.Single(_ui.Faults).Name);
    }

    [Fact, Trait("Behaviour", "B49")]
    public void Lambda_InAConstructor_IsAFaultWithItsLine()
    {
        var form = new Form();

        _ui.Handle(form.Save);

        TaskFault fault = Assert.Single(_ui.Faults);
        Assert.Equal($"{nameof(Form)}.ctor", fault.Name);
        Assert.Equal(Form.LineOfSave, fault.LineNumber);
    }

    [Fact, Trait("Behaviour", "B49")]
    public void Lambda_ThatInitializesAProperty_IsAFaultWithItsLine()
    {
        _ui.Handle(Initialized.Save);

        TaskFault fault = Assert.Single(_ui.Faults);
        Assert.Equal($"{nameof(Initialized)}.cctor", fault.Name);
        Assert.Equal(Initialized.LineOfSave, fault.LineNumber);
    }

    [Fact, Trait("Behaviour", "B49")]
    public void Lambdas_OfOneMember_HaveTheLineOfThat()
    {
        (Action load, Action save) = TwoLambdas();

        _ui.Handle(load);
        _ui.Handle(save);

        Assert.Equal([LineOfTwoLambdas, LineOfTwoLambdas], _ui.Faults.Select(fault => fault.LineNumber));
    }

    [Fact, Trait("Behaviour", "B49")]
    public void Handlers_OfTwoClassesWithOneName_HaveTheirOwnPlaces()
    {
        Array.ForEach([Left.Pane.Close, Right.Pane.Close, Left.Pane.Save, Right.Pane.Save], _ui.Handle);

        Assert.Equal(["Pane.Close", "Pane.Close", "Pane.cctor", "Pane.cctor"], _ui.Faults.Select(fault => fault.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            new[] { $"Left:{Left.Pane.LineOfClose}", $"Left:{Left.Pane.LineOfSave}", $"Right:{Right.Pane.LineOfClose}", $"Right:{Right.Pane.LineOfSave}" }.Order(),
            _ui.Faults.Select(fault => $"{Path.GetFileName(Path.GetDirectoryName(fault.FilePath))}:{fault.LineNumber}").Order());
    }

    [Fact, Trait("Behaviour", "B49")]
    public void LocalFunction_ThatThrowsBeforeItsFirstAwait_IsAFaultAndNotThrownAtTheCaller()
    {
        _ui.Handle(Fail);

        Assert.Equal($"{nameof(AsyncVoidTests)}.{nameof(Fail)}", Assert.Single(_ui.Faults).Name);

        static async void Fail()
        {
            if (Environment.ProcessId != 0)
            {
                throw new TestException();
            }

            await Task.Yield();
        }
    }

    [Fact, Trait("Behaviour", "B13"), Trait("Behaviour", "B49")]
    public void Handler_ThatWaits_IsListedUntilItEnds()
    {
        _ui.Handle(WaitAsync);
        string[] whileItWaits = [.. _ui.Live];
        _goOn.SetResult();
        _ui.Loop.RunUntilIdle();

        Assert.Equal([$"{nameof(AsyncVoidTests)}.{nameof(WaitAsync)}"], whileItWaits);
        Assert.Empty(_ui.Live);
    }

    [Theory, Trait("Behaviour", "B90")]
    [InlineData(true)]
    [InlineData(false)]
    public void Handler_ThatAwaitsATaskOfAClosedScope_IsCanceledWithItsReasonAndNoFault(bool isClosedBefore)
    {
        BackgroundTask? handler = null;
        TaskScope second = _ui.Root.CreateChild("second");
        _ui.Root.TaskStarted += task => handler = task.Name.EndsWith("Click", StringComparison.Ordinal) ? task : handler;
        if (isClosedBefore)
        {
            _ui.Loop.RunUntilEnded(second.CloseAsync("The user has closed it."));
        }

        _ui.Handle(Click);
        _ui.Loop.RunUntilEnded(second.CloseAsync("The user has closed it."));
        _ui.Loop.RunUntilIdle();

        Assert.Empty(_ui.Faults);
        Assert.Empty(_ui.Loop.UnhandledFaults);
        Assert.Equal(BackgroundTaskState.Canceled, handler!.State);
        Assert.Equal(isClosedBefore ? "scope 'second'" : nameof(AsyncVoidTests), handler.CancelReason!.RequestedBy.Split('.')[0]);

        async void Click() => await second.Run(task => task.Delay(TimeSpan.FromHours(1)));
    }

    [Fact, Trait("Behaviour", "B49")]
    public void Handler_UnderAContextThatCounts_IsCountedFromStartToEnd()
    {
        var context = new CountingContext();
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);

        WaitAsync();
        int whileItWaits = context.Running;
        SynchronizationContext.SetSynchronizationContext(before);
        _goOn.SetResult();

        Assert.Equal((1, 0), (whileItWaits, context.Running));
    }

    private static int Line([CallerLineNumber] int line = 0) => line;

    private static int LineOfTwoLambdas => Line() + 2;

    private static (Action Load, Action Save) TwoLambdas()
    {
        return (
            async () => await Shapes.ThrowAsync(),
            async () => await Shapes.ThrowAsync());
    }

    private async void WaitAsync() => await _goOn.Task;

    private sealed class Form
    {
        public Form()
        {
            Save = async () => await Shapes.ThrowAsync();
        }

        public static int LineOfSave => Line() - 3;

        public Action Save { get; }
    }

    private static class Initialized
    {
        public static int LineOfSave => Line() + 2;

        public static Action Save { get; } = async () => await Shapes.ThrowAsync();
    }

    private sealed class CountingContext : SynchronizationContext
    {
        public int Running { get; private set; }

        public override void OperationStarted() => Running++;

        public override void OperationCompleted() => Running--;

        public override void Post(SendOrPostCallback d, object? state) => d(state);
    }
}
