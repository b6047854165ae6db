using System.Runtime.CompilerServices;
using System.Windows.Forms;

namespace Fibula;

/// <summary>The closing of each form of one thread, for as long as the form lives.</summary>
internal sealed class FormClosings(WindowsFormsLoop loop)
{
    private readonly ConditionalWeakTable<Form, FormClosing> _closings = [];

    public FormClosing Of(Form form) => _closings.GetValue(form, form => new FormClosing(loop, form));

    /// <summary>The app has exited: closes what is open, the main form last.</summary>
    public void Close()
    {
        foreach ((_, FormClosing closing) in _closings.OrderBy(entry => loop.MainForms.IsMain(entry.Key)).ToList())
        {
            closing.Close();
        }
    }
}
