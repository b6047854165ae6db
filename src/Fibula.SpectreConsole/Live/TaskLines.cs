using Fibula.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fibula;

/// <summary>The lines of tasks: name, bar, amount, time, and what else there is room for.</summary>
/// <param name="console">The size of the terminal, and its capabilities.</param>
internal sealed class TaskLines(Profile console)
{
    private const string Canceling = "Canceling …";

    private static readonly Style Name = new(decoration: Decoration.Bold);
    private static readonly Style Done = new(Color.Teal);
    private static readonly Style Quiet = new(decoration: Decoration.Dim);
    private static readonly Style Warning = new(Color.Olive);
    private static readonly Style Bad = new(Color.Red);

    private int _width;
    private int _nameWidth;
    private int _barWidth;
    private int _amountWidth;
    private int _timeWidth;

    private int DetailWidth => _width - _nameWidth - _barWidth - _amountWidth - _timeWidth - 5;

    /// <summary>The lines of tasks, as many as the terminal is high.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="sinceRead">How old that list is.</param>
    /// <param name="frame">Where the moving bars are.</param>
    public IReadOnlyList<IReadOnlyList<Segment>> Of(IReadOnlyList<TaskSnapshot> tasks, TimeSpan sinceRead, int frame)
    {
        Arrange(tasks);
        int room = Math.Max(1, console.Height - 2);
        bool fits = tasks.Count <= room;
        List<IReadOnlyList<Segment>> all = [.. tasks.Take(fits ? room : room - 1).Select(task => Line(task, task.Age + sinceRead, frame))];
        if (!fits)
        {
            all.Add([new(PrintableText.Fit($"… and {tasks.Count - room + 1} more", _width), Quiet)]);
        }

        return all;
    }

    /// <summary>The line that stays of a fault.</summary>
    public static Segments Fault(TaskFault fault, bool isUnicode)
    {
        string place = fault.FilePath is { Length: > 0 } path ? PrintableText.Of($"  {Path.GetFileName(path)}:{fault.LineNumber}") : string.Empty;
        return Segments.Line(new Segment($"{(isUnicode ? "✗" : "x")} {PrintableText.Of(fault.Message)}", Bad), new Segment(place, Quiet));
    }

    /// <summary>The line that stays of a task that was stopped by a token of its own, such as a time-out.</summary>
    public static Segments Stopped(TaskSnapshot task) => Segments.Line(new Segment($"! {PrintableText.Of(TaskText.Subject(task))}", Warning));

    private static string Detail(TaskProgress progress)
    {
        string?[] parts = [progress.Remaining is { } remaining && remaining > TimeSpan.Zero ? TaskText.Remaining(remaining) : null, progress.Message];
        return string.Join(", ", parts.Where(static part => !string.IsNullOrEmpty(part)));
    }

    private void Arrange(IReadOnlyList<TaskSnapshot> tasks)
    {
        // A line that fills the terminal would make it wrap.
        _width = console.Width - 1;
        _barWidth = _width switch { >= 100 => 30, >= 70 => 20, >= 50 => 12, _ => 8 };

        // Columns only grow while anything is shown: the bars must not jump when a task ends.
        int name = tasks.Select(static task => PrintableText.Columns(PrintableText.Of(task.Name))).Append(0).Max();
        _nameWidth = Math.Min(Math.Max(8, _width / 3), Grown(_nameWidth, name, tasks));
        _amountWidth = Grown(_amountWidth, tasks.Select(static task => TaskText.Amount(task.Progress).Length).Append(5).Max(), tasks);
        _timeWidth = Grown(_timeWidth, tasks.Select(static task => TaskText.Time(task.Age).Length).Append(4).Max(), tasks);
    }

    private static int Grown(int width, int needed, IReadOnlyList<TaskSnapshot> tasks) => tasks.Count == 0 ? 0 : Math.Max(width, needed);

    private List<Segment> Line(TaskSnapshot task, TimeSpan age, int frame)
    {
        bool isCanceling = task.State == BackgroundTaskState.Canceling;
        bool hasDetail = DetailWidth >= Canceling.Length;
        List<Segment> line = [new(PrintableText.Fit(PrintableText.Of(task.Name), _nameWidth), Name), new(" ")];
        if (isCanceling && !hasDetail)
        {
            line.Add(new Segment(PrintableText.Fit(Canceling, _barWidth + _amountWidth + 1), Warning));
        }
        else
        {
            line.AddRange(TaskBar.Of(task.Progress.Fraction, _barWidth, frame, isCanceling ? Warning : Done, console.Capabilities));
            line.Add(new Segment($" {TaskText.Amount(task.Progress).PadLeft(_amountWidth)}"));
        }

        line.Add(new Segment($" {TaskText.Time(age).PadLeft(_timeWidth)}", Quiet));
        if (hasDetail)
        {
            string detail = isCanceling ? Canceling : PrintableText.Of(Detail(task.Progress));
            line.Add(new Segment("  " + PrintableText.Fit(detail, DetailWidth).TrimEnd(), isCanceling ? Warning : Quiet));
        }

        // In a terminal for which even this is too wide.
        return Segment.CellCount(line) <= _width ? line : Segment.Truncate(line, _width);
    }
}
