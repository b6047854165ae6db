using System.ComponentModel;
using System.Reflection;
using System.Windows.Forms;

namespace Fibula;

/// <summary>Takes the closes of a form whose class overrides <c>OnFormClosing</c>, and so decides whether <see cref="Form.FormClosing"/> is raised.</summary>
/// <remarks>
/// The toolkit asks a form in one step of <c>WM_CLOSE</c> and closes it in the next. <c>WM_QUERYENDSESSION</c> has the first step only. So a close that must
/// wait becomes that message before the form is asked: all that can say no is asked once, as ever, and the form stays whatever it does.
/// </remarks>
internal sealed class CloseMessages : NativeWindow
{
    private const int Close = 0x0010;
    private const int OnlyAsk = 0x0011;

    private static readonly MethodInfo? FormsWndProc = typeof(Control).GetMethod(nameof(WndProc), BindingFlags.Instance | BindingFlags.NonPublic);

    private readonly Form _form;
    private readonly Handler _handler;
    private readonly Func<FormClosingEventArgs, bool> _mustStay;
    private readonly Action<FormClosingEventArgs> _stay;

    // The message that the form has at the moment, and the event of its close.
    private Message _message;
    private FormClosingEventArgs? _asked;

    private CloseMessages(Form form, Handler handler, Func<FormClosingEventArgs, bool> mustStay, Action<FormClosingEventArgs> stay)
    {
        _form = form;
        _handler = handler;
        _mustStay = mustStay;
        _stay = stay;

        // The events keep this alive as long as the form; the toolkit would not.
        form.HandleCreated += (_, _) => TakeMessages();
        TakeMessages();
#pragma warning disable WFDEV004 // The older event comes right before the other one, by a method of its own.
        form.Closing += OnClosing;
#pragma warning restore WFDEV004
    }

    private delegate void Handler(ref Message m);

    /// <summary>Takes the closes of a form whose class overrides its closing, for as long as the form lives.</summary>
    /// <param name="form">The form.</param>
    /// <param name="mustStay">Whether the form must stay although nobody says no.</param>
    /// <param name="stay">The form stays, and no handler has refused.</param>
    public static void Follow(Form form, Func<FormClosingEventArgs, bool> mustStay, Action<FormClosingEventArgs> stay)
    {
        if (FormsWndProc is not null)
        {
            _ = new CloseMessages(form, FormsWndProc.CreateDelegate<Handler>(form), mustStay, stay);
        }
    }

    /// <inheritdoc/>
    protected override void WndProc(ref Message m)
    {
        if (m.Msg != Close)
        {
            base.WndProc(ref m);
            return;
        }

        // A form may be closed again by what it does in its event.
        (Message message, FormClosingEventArgs? asked) = (_message, _asked);
        (_message, _asked) = (m, null);
        FormClosingEventArgs? stays = null;
        try
        {
            _handler(ref _message);
            stays = _message is { Msg: OnlyAsk, Result: not 0 } ? _asked : null;
        }
        finally
        {
            (_message, _asked) = (message, asked);
        }

        if (stays is not null)
        {
            _stay(stays);
        }
    }

    private void OnClosing(object? sender, CancelEventArgs e)
    {
        if (_message.Msg == Close && e is FormClosingEventArgs asked && _mustStay(asked))
        {
            _message.Msg = OnlyAsk;
            _asked = asked;
        }
    }

    // A form may get a new handle at any time.
    private void TakeMessages()
    {
        if (_form.IsHandleCreated && Handle != _form.Handle)
        {
            ReleaseHandle();
            AssignHandle(_form.Handle);
        }
    }
}
