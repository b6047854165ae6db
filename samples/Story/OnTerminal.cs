using Terminal.Gui.App;
using Terminal.Gui.Input;
using Terminal.Gui.Views;

namespace Story;

/// <summary>Terminal.Gui. It draws where nobody looks, so that what is printed can be read.</summary>
internal static class OnTerminal
{
    public static int Run()
    {
        Environment.SetEnvironmentVariable("DisableRealDriverIO", "1");
        using IApplication terminal = Application.Create().Init("ansi");
        using var window = new Window();
        var lesson = new Lesson(handler =>
        {
            var button = new Button { Text = "Go on" };
            window.Add(button);
            button.Accepting += (_, _) => handler();
            button.InvokeCommand(Command.Accept);
        });
        int code = lesson.Run(new TerminalGuiLoop(terminal, window));
        lesson.End();
        return code;
    }
}
