namespace Fibula.Analyzers.Tests;

/// <summary>A user's window, as source, with one statement of a test in an async method of it.</summary>
internal static class WindowSource
{
    public static string With(string statement) =>
        $$"""
        using System;
        using System.Threading.Tasks;
        using Fibula;

        public sealed class Window
        {
            private readonly TaskScope _scope = new();
            private readonly TaskScope? _scopeOrNull = null;
            private readonly TaskContext _context = new();
            private readonly TaskGroup _group = new();
            private readonly TaskCommand _load = new();
            private readonly TaskCommand<string> _show = new();

            public TaskScope Scope => _scope;

            public async Task ClickAsync()
            {
                await LoadAsync();
                {{statement}}
            }

            private Task LoadAsync() => Task.CompletedTask;
            private Task ShowAsync(string file) => Task.CompletedTask;
            private Task<int> CountAsync() => Task.FromResult(1);
            private Task<TaskScope> FindScopeAsync() => Task.FromResult(_scope);
            private BackgroundTask Run(Func<Task> work) => _scope.Run(work);
            private BackgroundTask Log(BackgroundTask task) => task;
        }

        public static class WindowExtensions
        {
            extension(Window window)
            {
                public TaskScope Tasks => window.Scope;
            }

            public static BackgroundTask Run(this TaskScope scope, Func<Task> work, int times) => scope.Run(work);
        }

        public sealed class Registry
        {
            public sealed class TaskScope
            {
                public BackgroundTask Run(Func<Task> work) => new();
            }
        }

        namespace Other
        {
            public sealed class TaskScope
            {
                public Task Run(Func<Task> work) => work();
                public Task Own(Task task) => task;
            }
        }
        """;
}
