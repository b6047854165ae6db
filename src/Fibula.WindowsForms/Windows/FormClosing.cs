using System.Windows.Forms;

namespace Fibula;

/// <summary>The closing of one form. It is held back by canceling <see cref="Form.FormClosing"/>, and done later by closing the form again.</summary>
internal sealed class FormClosing : WindowClosing
{
    private readonly WindowsFormsLoop _loop;
    private readonly Form _form;

    // What was closed, and with it this form; and the answer of a dialog, which the toolkit takes back when it stays.
    private Form _asked;
    private DialogResult _answer;
    private bool _isClosingForReal;

    public FormClosing(WindowsFormsLoop loop, Form form)
        : base(loop)
    {
        _loop = loop;
        _form = _asked = form;
        form.Load += OnOpened;
        form.FormClosing += OnClosing;
        form.FormClosed += OnClosed;
    }

    /// <inheritdoc/>
    protected override string Name => _loop.Scopes.NameOf(_form);

    /// <inheritdoc/>
    protected override IReadOnlyList<TaskScope> TaskScopes => _loop.Scopes.ScopesIn(_form);

    /// <inheritdoc/>
    protected override void CloseCore()
    {
        if (_form.Modal)
        {
            _form.DialogResult = _answer == DialogResult.None ? DialogResult.Cancel : _answer;
        }
        else if (_form.Visible || _form.IsHandleCreated)
        {
            _isClosingForReal = true;
            _asked.Close();
            _isClosingForReal = false;
            StayIfOpen();
        }
    }

    // Somebody else's handler may have said no, or the owner waits for tasks of its own now.
    private void StayIfOpen()
    {
        if (!_form.IsDisposed && _form.Visible)
        {
            _loop.Scopes.Forget(_form);
            NotifyOpened();
        }
    }

    private void OnOpened(object? sender, EventArgs e)
    {
        if (NotifyOpened())
        {
            _loop.Scopes.Forget(_form);
        }
    }

    private void OnClosing(object? sender, FormClosingEventArgs e)
    {
        // An end of the session is not held back: it would be taken for a refusal.
        Form asked = AskedBy(e.CloseReason);
        if (e.Cancel || e.CloseReason == CloseReason.WindowsShutDown || (asked != _form && _loop.Forms.Of(asked)._isClosingForReal))
        {
            return;
        }

        if (!IsHeldBack)
        {
            EndsTheApp = e.CloseReason == CloseReason.ApplicationExitCall || _loop.MainForms.IsMain(_form);
            _answer = _form.DialogResult;
            _asked = asked;
        }

        e.Cancel = HoldBack();
    }

    private Form AskedBy(CloseReason reason) => reason switch
    {
        CloseReason.FormOwnerClosing => _form.Owner,
        CloseReason.MdiFormClosing => _form.MdiParent,
        _ => null,
    } ?? _form;

    private void OnClosed(object? sender, FormClosedEventArgs e)
    {
        if (e.CloseReason == CloseReason.WindowsShutDown && _loop.MainForms.IsMain(_form))
        {
            _loop.EndWithTheSession();
        }

        NotifyClosed();
    }
}
