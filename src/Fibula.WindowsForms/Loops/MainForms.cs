using System.Windows.Forms;

namespace Fibula;

/// <summary>Which form's end is the end of the app. An <see cref="ApplicationContext"/> says; elsewhere it is looked for when the message loop has
/// nothing else to do for the first time, since a program may show dialogs before.</summary>
internal sealed class MainForms
{
    private readonly ApplicationContext? _context;
    private readonly Func<Form, bool>? _isMainForm;
    private readonly Action<Form> _watch;
    private Form? _found;

    public MainForms(ApplicationContext? context, Func<Form, bool>? isMainForm, Action<Form> watch)
    {
        _context = context;
        _isMainForm = isMainForm;
        _watch = watch;
        Application.Idle += OnIdle;
    }

    public bool IsMain(Form form) => form == (_context is null ? _found : _context.MainForm);

    /// <summary>A context's main form is known before it is shown.</summary>
    public void Watch()
    {
        if (_context?.MainForm is { } form)
        {
            _watch(form);
        }
    }

    public void Stop() => Application.Idle -= OnIdle;

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

        _found = open.Find(form => _isMainForm?.Invoke(form) != false);
        if (_found is not null)
        {
            _watch(_found);
        }

        // A form that a program without one opens later is not the main one, unless it says so.
        if (_found is not null || _isMainForm is null)
        {
            Stop();
        }
    }
}
