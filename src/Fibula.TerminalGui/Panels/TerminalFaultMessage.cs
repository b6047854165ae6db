using System.Drawing;
using Terminal.Gui.App;
using Terminal.Gui.Configuration;
using Terminal.Gui.Drawing;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Terminal.Gui.Text;
using Terminal.Gui.ViewBase;

namespace Fibula;

/// <summary>
/// Shows an unhandled fault, over the lowest rows of whatever is on the screen. It takes part in nothing there: it is no view of a window and no
/// session, so it moves no focus, takes no typing but the key that dismisses it, and holds no window open.
/// </summary>
/// <remarks>One message at a time: the first fault stays, since the others often follow from it, and those are counted.</remarks>
internal sealed class TerminalFaultMessage(IApplication application)
{
    private const int BorderSize = 2;

    private readonly View _box = new()
    {
        BorderStyle = LineStyle.Single,
        SchemeName = SchemeManager.SchemesToSchemeName(Schemes.Error),
        Title = "Error",
        HotKeySpecifier = TerminalCloseDialog.NoHotKey,
    };

    private string? _first;
    private int _more;

    // The application's own quit key, which closes dialogs and menus too.
    private static Key DismissKey => Application.GetDefaultKey(Command.Quit) is { IsValid: true } quit ? quit : Key.Esc;

    private string Footer
    {
        get
        {
            string others = _more switch
            {
                0 => string.Empty,
                1 => "1 more error followed, see standard error once the program has ended. ",
                _ => $"{_more} more errors followed, see standard error once the program has ended. ",
            };
            return $"{others}{DismissKey} dismisses this message.";
        }
    }

    public void Show(TaskFault fault)
    {
        if (_first is null)
        {
            _first = PrintableText.Of(fault.Message);
            application.Keyboard.KeyDown += OnKeyDown;
            application.Mouse.MouseEvent += OnMouse;
        }
        else
        {
            _more++;
        }

        Redraw();
    }

    /// <summary>A window is run: while it is the top one, the message is drawn with it.</summary>
    public void Follow(View window)
    {
        window.DrawingSubViews -= OnDrawing;
        window.DrawingSubViews += OnDrawing;
        window.DrawComplete -= OnDrawn;
        window.DrawComplete += OnDrawn;
    }

    // The shadows of buttons are drawn after everything else, where the buttons might.
    private void OnDrawing(object? sender, DrawEventArgs e)
    {
        if (Covers(sender))
        {
            Arrange(application.Screen.Size);
            Exclude(application.Driver!);
        }
    }

    // The toolkit draws the top window first, and keeps those below from drawing over it.
    private void OnDrawn(object? sender, DrawEventArgs e)
    {
        if (Covers(sender))
        {
            IDriver driver = application.Driver!;
            Arrange(application.Screen.Size);
            _box.SetNeedsDraw();
            Region? clip = driver.Clip;
            _box.Draw(e.DrawContext);
            driver.Clip = clip;
            Exclude(driver);
        }
    }

    private bool Covers(object? window) => _first is not null && window == application.TopRunnableView && application.Driver is not null;

    private void Exclude(IDriver driver)
    {
        Region? clip = driver.Clip?.Clone();
        clip?.Exclude(_box.Frame);
        driver.Clip = clip;
    }

    // At most half the screen, but always as much as the message needs at least.
    private void Arrange(Size screen)
    {
        int columns = Math.Max(1, screen.Width - BorderSize);
        List<string> footer = TextFormatter.WordWrapText(Footer, columns);
        List<string> lines = TextFormatter.WordWrapText(_first!, columns);
        int room = Math.Max(1, (screen.Height / 2) - BorderSize - footer.Count);
        if (lines.Count > room)
        {
            lines = [.. lines.Take(room - 1), PrintableText.Fit($"{lines[room - 1]}…", columns)];
        }

        int height = Math.Min(screen.Height, lines.Count + footer.Count + BorderSize);
        if (!_box.IsInitialized)
        {
            _box.App = application;
            _box.BeginInit();
            _box.EndInit();
        }

        _box.Text = string.Join('\n', [.. lines, .. footer]);
        _box.Frame = new Rectangle(0, screen.Height - height, screen.Width, height);
        _box.Layout(screen);
    }

    private void OnKeyDown(object? sender, Key key)
    {
        if (!key.Handled && key == DismissKey)
        {
            key.Handled = true;
            Dismiss();
        }
    }

    // Views under the message cannot be seen, and must not be clicked.
    private void OnMouse(object? sender, Mouse mouse)
    {
        if (!mouse.Handled && _box.Frame.Contains(mouse.ScreenPosition))
        {
            mouse.Handled = true;
            if (mouse.Flags.HasFlag(MouseFlags.LeftButtonClicked))
            {
                Dismiss();
            }
        }
    }

    private void Dismiss()
    {
        application.Keyboard.KeyDown -= OnKeyDown;
        application.Mouse.MouseEvent -= OnMouse;
        (_first, _more) = (null, 0);
        Redraw();
    }

    private void Redraw()
    {
        foreach (SessionToken session in application.SessionStack ?? [])
        {
            (session.Runnable as View)?.SetNeedsDraw();
        }
    }
}
