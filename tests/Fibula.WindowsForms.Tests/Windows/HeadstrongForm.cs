using System.Windows.Forms;

namespace Fibula.WindowsForms.Tests.Windows;

/// <summary>A form that overrides its closing: it calls the base method "never", "late" or "in time".</summary>
internal sealed class HeadstrongForm(string calls) : Form
{
    /// <summary>How often the override was called.</summary>
    public int Asked { get; private set; }

    /// <summary>What the override answers; null leaves the answer alone.</summary>
    public bool? Cancel { get; set; }

    /// <summary>How often the base method was called.</summary>
    public int BaseCalls { get; private set; }

    /// <summary>What the "late" calls of the base method wait for; null for the next turn.</summary>
    public Task? Moment { get; set; }

    /// <summary>Why the form was to close.</summary>
    public List<CloseReason> Reasons { get; } = [];

#pragma warning disable FIB0013 // What the rule warns of is what is tested here.
    protected override async void OnFormClosing(FormClosingEventArgs e)
#pragma warning restore FIB0013
    {
        Asked++;
        Reasons.Add(e.CloseReason);
        e.Cancel = Cancel ?? e.Cancel;
        if (calls == "late")
        {
            await Task.Yield();
            await (Moment ?? Task.CompletedTask);
        }

        if (calls != "never")
        {
            base.OnFormClosing(e);
            BaseCalls++;
        }
    }
}
