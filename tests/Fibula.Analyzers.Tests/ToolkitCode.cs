namespace Fibula.Analyzers.Tests;

/// <summary>A window of Windows Forms, WPF, Avalonia or GTK, as source, with the members of a test. It is written against the real Fibula.</summary>
internal static class ToolkitCode
{
    public static string WindowsForms(string members) => With("System.Windows.Forms", "Control", "Form", "OnFormClosing", "FormClosingEventArgs", members);

    public static string Wpf(string members) => With("System.Windows", "FrameworkElement", "Window", "OnClosing", "CancelEventArgs", members);

    public static string Avalonia(string members) => With("Avalonia.Controls", "Control", "Window", "OnClosing", "WindowClosingEventArgs", members);

    public static string Gtk(string members) => With("Gtk", "Widget", "Window", "OnDeleteEvent", "DeleteEventArgs", members);

    private static string With(string space, string root, string window, string closing, string arguments, string members) =>
        $$"""
        using System;
        using System.Threading.Tasks;
        using Fibula;
        using {{space}};

        public sealed class MainWindow : {{window}}
        {
            private readonly TaskCommand _load = new(TaskScope.Current!, () => Task.CompletedTask);
            private TaskScope Scope => TaskScope.Current!;

            {{members}}

            private Task SaveAsync() => Task.CompletedTask;
            private void Show(object? value) { }
        }

        namespace {{space}}
        {
            public class {{root}}
            {
                public event EventHandler? Click { add { } remove { } }
            }

            public class {{window}} : {{root}}
            {
                protected virtual void {{closing}}({{arguments}} e) { }
            }

            public class {{arguments}} : EventArgs
            {
                public bool Cancel { get; set; }
            }
        }
        """;
}
