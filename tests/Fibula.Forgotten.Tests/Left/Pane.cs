using System.Runtime.CompilerServices;

namespace Fibula.Forgotten.Tests.Left;

/// <summary>A class whose name another one has too.</summary>
internal sealed class Pane
{
    public static Action Save { get; } = async () => throw new TestException();

    public static int LineOfSave { get; } = Line() - 2;

    public static int LineOfClose => Line() + 2;

    public static async void Close()
    {
        await Task.Yield();
        throw new TestException();
    }

    private static int Line([CallerLineNumber] int line = 0) => line;
}
