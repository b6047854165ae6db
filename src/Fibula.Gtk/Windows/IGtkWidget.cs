namespace Fibula;

/// <summary>A widget of any binding. A class of the program that implements it has <c>this.Tasks</c> and <c>this.CloseAfterTasks(…)</c>.</summary>
/// <remarks>
/// <para>With a binding whose objects have a public <c>IntPtr Handle</c>, such as GtkSharp, the name behind the class is all it takes:
/// <c>class PriceWindow : Gtk.Window, IGtkWidget</c>. Elsewhere the property is one line.</para>
/// <para>Use <see cref="GtkHandles"/> instead for a widget whose class is not the program's own.</para>
/// </remarks>
public interface IGtkWidget
{
    /// <summary>The native object, a <c>GtkWidget*</c>.</summary>
    nint Handle { get; }
}
