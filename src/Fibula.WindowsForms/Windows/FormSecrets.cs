using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Windows.Forms;

namespace Fibula;

/// <summary>Private members of a form. A later version may not have them.</summary>
internal static class FormSecrets
{
    /// <summary>Whether a handler of <see cref="Form.FormClosing"/> is called after all others; true where nobody can tell.</summary>
    public static bool IsLast(Form form, FormClosingEventHandler handler)
    {
        try
        {
            return Events(form)[FormClosingKey(form)] is not { } handlers || handlers.GetInvocationList()[^1] == (Delegate)handler;
        }
        catch (MissingMemberException)
        {
            return true;
        }
    }

    /// <summary>Has a dialog that has agreed to a close asked again at the next: the toolkit asks none twice.</summary>
    public static void AskAgain(Form dialog)
    {
        try
        {
            SetCalledClosing(dialog, value: false);
        }
        catch (MissingMemberException)
        {
            // The next answer closes it immediately.
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_CalledClosing")]
    private static extern void SetCalledClosing(Form form, bool value);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Events")]
    private static extern EventHandlerList Events(Component component);

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "s_formClosingEvent")]
    private static extern ref object FormClosingKey(Form form);
}
