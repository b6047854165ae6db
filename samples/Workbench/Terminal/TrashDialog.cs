using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Workbench;

/// <summary>Asks which duplicates are to go.</summary>
internal sealed class TrashDialog : Dialog
{
    public TrashDialog(DuplicateChoice? one, IReadOnlyList<DuplicateChoice> all, string folder)
    {
        Title = "Move duplicates to the trash";
        Width = Dim.Fill(4);
        int row = 0;
        if (one is not null)
        {
            AddLine(row++, $"This group: {Counted.Format(one.Count, "file goes", "files go")}, {ByteSize.Format(one.Group.WastedBytes)};");
            AddLine(row++, $"  {Path.GetRelativePath(folder, one.Kept)} stays.");
            AddChoice("This group", [one]);
        }

        if (all.Count > 0)
        {
            AddLine(row++, $"All {Counted.Format(all.Count, "group")} in the list: {Counted.Format(all.Sum(choice => choice.Count), "file goes", "files go")}, "
                + $"{ByteSize.Format(all.Sum(choice => choice.Group.WastedBytes))};");
            AddLine(row++, "  of each group the first file stays.");
            AddChoice("All in the list", all);
        }

        AddLine(row + 1, all.Count > 0 ? "Afterwards, u moves them back." : "There are no duplicates in the list.");
        AddChoice("Nothing", []);

        // The toolkit makes the last button the default one.
        Buttons[^1].IsDefault = false;
        Buttons[0].IsDefault = true;
        Buttons[0].SetFocus();
    }

    /// <summary>What was chosen.</summary>
    public IReadOnlyList<DuplicateChoice> Choice { get; private set; } = [];

    private void AddLine(int row, string text) => Add(new TextLine { Y = row, Line = text });

    private void AddChoice(string text, IReadOnlyList<DuplicateChoice> choice)
    {
        var button = new Button { Text = text };
        button.Accepting += (_, e) =>
        {
            e.Handled = true;
            Choice = choice;
            RequestStop();
        };
        AddButton(button);
    }
}
