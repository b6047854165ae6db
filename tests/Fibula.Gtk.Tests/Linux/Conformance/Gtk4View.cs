using Fibula.Testing;

namespace Fibula.Gtk.Tests.Linux.Conformance;

/// <summary>A widget in a box.</summary>
internal sealed class Gtk4View : LoopView
{
    private readonly nint _view;
    private readonly nint _box = Gtk4.BoxNew(1, 0);

    public Gtk4View(string name)
    {
        _view = Gtk4.RefSink(Gtk4.LabelNew(name));
        Gtk4.SetName(_view, name);
    }

    public override TaskScope Tasks => GtkHandles.TasksOf(_view);

    public override IReadOnlyList<string> WaysToHide => ["widget", "box around it"];

    public override void PutInto(LoopWindow window)
    {
        // From here on the box alone holds it.
        Gtk4.Append(_box, _view);
        Gtk4.Unref(_view);
        Gtk4.SetChild(((Gtk4Window)window).Handle, _box);
    }

    public override void SetShown(string way, bool isShown) => Gtk4.SetVisible(way == "widget" ? _view : _box, isShown ? 1 : 0);

    public override void End() => Gtk4.Remove(_box, _view);
}
