namespace Fibula.Tests.Examples;

internal static class WindowTasks
{
    extension(Window window)
    {
        public TaskScope Tasks => window.Scope;
    }
}
