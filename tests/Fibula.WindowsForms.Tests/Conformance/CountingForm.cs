using System.Windows.Forms;
using Fibula.Testing;

namespace Fibula.WindowsForms.Tests.Conformance;

/// <summary>A form, which counts how it is closed.</summary>
internal sealed class CountingForm : Form
{
    private const int CloseMessage = 0x0010;

    private WindowOfForm? _hold;
    private bool _isInsideClosing;
    private volatile int _closedInsideClosing;

    public CountingForm(string name, Func<Task<bool>>? mayClose)
    {
        Name = Text = name;

        // The first to hear of it; OnFormClosing goes on with the last.
        FormClosing += (_, _) => _isInsideClosing = true;
        if (mayClose is not null)
        {
            this.CloseAfterTasks(mayClose);
        }
    }

    /// <summary>The suite's hand on the form, which asks for its scope when it is first taken.</summary>
    public LoopWindow Hold => _hold ??= new WindowOfForm(this);

    protected override void OnFormClosing(FormClosingEventArgs e)
    {
        base.OnFormClosing(e);
        _isInsideClosing = false;
    }

    protected override void OnFormClosed(FormClosedEventArgs e)
    {
        base.OnFormClosed(e);
        _hold?.OnClosed();
    }

    protected override void WndProc(ref Message m)
    {
        _closedInsideClosing += m.Msg == CloseMessage && _isInsideClosing ? 1 : 0;
        base.WndProc(ref m);
    }

    private sealed class WindowOfForm(CountingForm form) : LoopWindow
    {
        private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly nint _handle = form.Handle;
        private volatile int _closedCount;
        private string? _lastTitle;

        public override object View => form;

        public override TaskScope Tasks { get; } = form.Tasks;

        public override int ClosedCount => _closedCount;

        public override int ClosedInsideClosingCount => form._closedInsideClosing;

        public override Task Closed => _closed.Task;

        public override string? Title => _lastTitle ?? form.Text;

        public override bool TakesInput => form.Enabled;

        public override void SetShown(bool isShown) => form.Visible = isShown;

        public override void CloseAfterTasks(bool waits) => form.CloseAfterTasks(waits);

        public override TaskScope AskForTasks() => form.Tasks;

        public override void Close() => form.Close();

        public override void AddClosingHandler(Func<bool> mayClose) => form.FormClosing += (_, e) => e.Cancel = !mayClose();

        public override void Minimize() => form.WindowState = FormWindowState.Minimized;

        public override void ClickClose() => User32.ClickClose(_handle);

        public void OnClosed()
        {
            _lastTitle = form.Text;
            _closedCount++;
            _closed.TrySetResult();
        }
    }
}
