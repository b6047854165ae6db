using System.Reflection;
using System.Runtime.CompilerServices;
using System.Windows.Forms;
using Fibula.Toolkits;

namespace Fibula;

/// <summary>The closing of one form. It is held back by canceling <see cref="Form.FormClosing"/>, and done later by closing the form again.</summary>
internal sealed class FormClosing : WindowClosing
{
    private static readonly MethodInfo? RaisesFormClosing = typeof(Form).GetMethod("OnFormClosing", BindingFlags.Instance | BindingFlags.NonPublic);

    private readonly WindowsFormsLoop _loop;
    private readonly Form _form;

    // The form whose close also closes this one, and a dialog's result, which the toolkit resets if the form stays open.
    private Form _asked;
    private DialogResult _answer;
    private bool _isClosingForReal;

    // The arguments of closing events that come after their close was held, if they come at all.
    private readonly ConditionalWeakTable<FormClosingEventArgs, FormClosing> _tooLate = [];

    public FormClosing(WindowsFormsLoop loop, Form form)
        : base(loop)
    {
        _loop = loop;
        _form = _asked = form;
        if (Overrides<FormClosingEventArgs>(form, RaisesFormClosing))
        {
            CloseMessages.Follow(form, mustStay: e => CanHold(e.CloseReason) && MustHoldBack, StayForNow);
        }

        form.Load += OnOpened;
        form.FormClosing += OnClosing;
        form.FormClosed += OnClosed;
#pragma warning disable WFDEV004 // The older event comes right before the other one, by a method of its own.
        form.Closing += (_, _) => ComeLast();
#pragma warning restore WFDEV004
    }

    /// <inheritdoc/>
    protected override string Name => _loop.Scopes.NameOf(_form);

    /// <inheritdoc/>
    protected override IReadOnlyList<TaskScope> TaskScopes => _loop.Scopes.ScopesIn(_form);

    /// <inheritdoc/>
    protected override IReadOnlyList<WindowClosing> OwnedWindows =>
        [.. _form.OwnedForms.Concat(_form.MdiChildren).Where(static owned => owned is { IsHandleCreated: true }).Select(_loop.Forms.Of)];

    /// <inheritdoc/>
    protected override string? Title
    {
        get => _form.Text;
        set => _form.Text = value;
    }

    /// <inheritdoc/>
    protected override void EnableInput(bool isEnabled) => _form.Enabled = isEnabled;

    /// <inheritdoc/>
    protected override void Renew() => _loop.Scopes.Renew(_form);

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
            try
            {
                _asked.Close();
            }
            finally
            {
                _isClosingForReal = false;
            }

            StayIfOpen();
        }
    }

    // Whichever handlers the program has added since: each may say no.
    private void ComeLast()
    {
        _form.FormClosing -= OnClosing;
        _form.FormClosing += OnClosing;
    }

    // Somebody else's handler may have said no, or the owner waits for tasks of its own now.
    private void StayIfOpen()
    {
        if (!_form.IsDisposed && _form.Visible)
        {
            NotifyStayed();
        }
    }

    private void OnOpened(object? sender, EventArgs e)
    {
        if (NotifyOpened())
        {
            Renew();
        }
    }

    private void OnClosing(object? sender, FormClosingEventArgs e)
    {
        if (_form.IsDisposed || _tooLate.Remove(e))
        {
            return;
        }

        NotifyAsked();
        if (e.Cancel && _form.Modal)
        {
            // The toolkit asks a dialog on its own, after it was given its answer.
            NotifyRefused();
        }

        if (e.Cancel || !CanHold(e.CloseReason))
        {
            return;
        }

        if (MustHoldBack && !FormSecrets.IsLast(_form, OnClosing))
        {
            e.Cancel = true;
            AskAgain(e.CloseReason);
            return;
        }

        e.Cancel = HoldBack();
    }

    // Neither the owner nor Application.Exit raises the older event. The handlers that come after this one may say no, too, and nobody can tell their no
    // from this one's.
    private void AskAgain(CloseReason reason)
    {
        ComeLast();
        _loop.Post(() =>
        {
            if (!_form.IsDisposed && reason == CloseReason.ApplicationExitCall)
            {
                Application.Exit();
            }
            else if (!_form.IsDisposed)
            {
                _asked.Close();
            }
        });
    }

    // No other handler has refused a close that the event may not have reported.
    private void StayForNow(FormClosingEventArgs e)
    {
        if (!IsAsked)
        {
            _tooLate.Add(e, this);
        }

        if (!HoldBack())
        {
            Close();
        }
        else if (_form.Modal)
        {
            _form.DialogResult = DialogResult.None;
            FormSecrets.AskAgain(_form);
        }
    }

    // What closes it waits for its tasks too, where it has no question of its own.
    private bool CanHold(CloseReason reason)
    {
        Form asked = AskedBy(reason);
        if (IsNeverHeld(reason) || (asked != _form && (_loop.Forms.Of(asked)._isClosingForReal || !HasQuestion)))
        {
            return false;
        }

        if (!IsHeldBack)
        {
            EndsTheApp = reason == CloseReason.ApplicationExitCall || _loop.MainForms.IsMain(_form);
            _answer = _form.DialogResult;
            _asked = asked;
        }

        return true;
    }

    // To hold back an end of the session would be taken for a refusal, and the task manager ends the process soon after it has asked a window.
    private bool IsNeverHeld(CloseReason reason) =>
        reason == CloseReason.WindowsShutDown || (reason == CloseReason.TaskManagerClosing && !_loop.MainForms.IsMain(_form));

    private Form AskedBy(CloseReason reason) => reason switch
    {
        CloseReason.FormOwnerClosing => _form.Owner,
        CloseReason.MdiFormClosing => _form.MdiParent,
        _ => null,
    } ?? _form;

    private void OnClosed(object? sender, FormClosedEventArgs e)
    {
        if (AskedBy(e.CloseReason) == _form && !IsNeverHeld(e.CloseReason))
        {
            EndsTheApp = _loop.MainForms.IsMain(_form);
            NotifyNotAsked("OnFormClosing");
        }

        if (e.CloseReason == CloseReason.WindowsShutDown && _loop.MainForms.IsMain(_form))
        {
            _loop.EndWithTheSession();
        }

        NotifyClosed();
    }
}
