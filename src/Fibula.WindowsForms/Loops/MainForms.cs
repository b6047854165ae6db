using System.Windows.Forms;

namespace Fibula;

/// <summary>Finds the form whose end is the end of the app. The context of the loop, or of <see cref="Application.Run(Form)"/>, names it as soon as the form is
/// about to be shown. Otherwise it is determined when the message loop is idle for the first time, since a program may show dialogs
/// before.</summary>
internal sealed class MainForms
{
    private readonly ApplicationContext? _context;
    private readonly Func<Form, bool>? _isMainForm;
    private readonly Action<Form> _watch;
    private SentMessages? _beginning;
    private Form? _found;

    // The form that a message loop was run with, and that is not the main one.
    private Form? _before;

    public MainForms(ApplicationContext? context, Func<Form, bool>? isMainForm, Action<Form> watch)
    {
        _context = context;
        _isMainForm = isMainForm;
        _watch = watch;
        Begin();
    }

    /// <summary>The message loop was that of another form, such as a login form: the main one is run by the next.</summary>
    public bool IsStillToCome => _found is null && _before is not null;

    public bool IsMain(Form form) => form == (_context is null ? _found : _context.MainForm);

    /// <summary>A message loop begins, or is to come.</summary>
    public void Begin()
    {
        // Once per message loop: the toolkit drops the handler with the previous one.
        Application.Idle -= OnIdle;
        Application.Idle += OnIdle;
        _beginning ??= _context is null ? new SentMessages(OnBeginning) : null;
    }

    /// <summary>A context's main form is known before it is shown.</summary>
    public void Watch()
    {
        if (_context?.MainForm is { } form)
        {
            _watch(form);
        }
    }

    public void Stop()
    {
        Application.Idle -= OnIdle;
        EndBeginning();
    }

    // It may close before the loop is idle: while it loads, or as soon as it is shown.
    private void OnBeginning()
    {
        if (RunningContext.Current?.MainForm is not { } form || form == _before)
        {
            return;
        }

        EndBeginning();
        if (IsMeant(form))
        {
            Find(form);
        }
        else
        {
            _before = form;
        }
    }

    // An error must not leave a callback of the system's. Where there is one it comes again when the loop is idle, and from there to the program.
    private bool IsMeant(Form form)
    {
        try
        {
            return _isMainForm?.Invoke(form) != false;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private void EndBeginning()
    {
        _beginning?.Dispose();
        _beginning = null;
    }

    private void Find(Form form)
    {
        _found = form;
        _watch(form);
    }

    private void OnIdle(object? sender, EventArgs e)
    {
        if (_context is not null)
        {
            // A program may give it another at any time.
            Watch();
            return;
        }

        List<Form> open = [.. Application.OpenForms.Cast<Form>().Where(form => !form.InvokeRequired)];
        if (open.Exists(form => form.Modal))
        {
            return;
        }

        if (_found is null && open.Find(form => _isMainForm?.Invoke(form) != false) is { } found)
        {
            Find(found);
        }

        // A form that a program without one opens later is not the main one, unless it says so.
        EndBeginning();
        if (_found is not null || _isMainForm is null)
        {
            Stop();
        }
    }
}
