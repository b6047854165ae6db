using Spectre.Console;

namespace Fibula;

/// <summary>Redirects the program's output by <see cref="Console"/> to above the lines, if it is on the same terminal.</summary>
internal sealed class ConsoleWriters : IDisposable
{
    private readonly List<Action> _restore = [];
    private readonly List<LineWriter> _writers = [];

    public ConsoleWriters(IAnsiConsole console, LiveArea area, Action endIfOver)
    {
        // A console of a program's own, such as one of a test, has nothing to do with that terminal.
        TextWriter to = console.Profile.Out.Writer;
        if (to != Console.Out && to != Console.Error)
        {
            return;
        }

        if (!Console.IsOutputRedirected)
        {
            Redirect(static () => Console.Out, Console.SetOut, area, endIfOver);
        }

        if (!Console.IsErrorRedirected)
        {
            Redirect(static () => Console.Error, Console.SetError, area, endIfOver);
        }
    }

    public void Flush() => _writers.ForEach(static writer => writer.PassUnlessShown());

    public void Dispose()
    {
        Flush();
        _restore.ForEach(static restore => restore());
    }

    private void Redirect(Func<TextWriter> current, Action<TextWriter> set, LiveArea area, Action endIfOver)
    {
        TextWriter before = current();
        var writer = new LineWriter(before, area, endIfOver);
        set(writer);
        TextWriter ours = current();
        _writers.Add(writer);
        _restore.Add(() =>
        {
            // Not that of somebody who came later.
            if (current() == ours)
            {
                set(before);
            }
        });
    }
}
