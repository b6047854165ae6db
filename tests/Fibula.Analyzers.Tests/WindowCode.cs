namespace Fibula.Analyzers.Tests;

/// <summary>A user's window, as source, with the members of a test. It is written against the real Fibula.</summary>
internal static class WindowCode
{
    /// <summary>A window whose <c>this.Tasks</c> is an extension, as the adapters give it.</summary>
    public static string WithMembers(string members) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Fibula;
        using Toolkit;

        public sealed class MainWindow : System.Windows.Window
        {
            {{members}}

            private Task LoadAsync() => Task.CompletedTask;
            private Task LoadAsync(CancellationToken token) => Task.CompletedTask;
            private Task ShowAsync(string file) => Task.CompletedTask;
            private Task<int> CountAsync() => Task.FromResult(1);
            private ValueTask SendAsync() => default;
            private ValueTask<int> ReceiveAsync() => default;
        }

        namespace Toolkit
        {
            public static class WindowExtensions
            {
                extension(System.Windows.Window window)
                {
                    public TaskScope Tasks => TaskScope.Current!;
                }
            }
        }

        namespace System.Windows
        {
            public class FrameworkElement
            {
                public event EventHandler? Loaded { add { } remove { } }
            }

            public class Window : FrameworkElement
            {
                public event Action? Tick { add { } remove { } }
            }
        }
        """;

    /// <summary>The same, with one statement in a method that is not async.</summary>
    public static string With(string statement) => WithMembers($"public void Click() {{ {statement} }}");

    /// <summary>The same, in an async method.</summary>
    public static string WithAsync(string statement) => WithMembers($"public async Task ClickAsync() {{ await LoadAsync(); {statement} }}");
}
