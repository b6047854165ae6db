using System.Text;

namespace Workbench;

/// <summary>Standard output, from any thread. Once it can't be written, it says so and keeps quiet.</summary>
internal sealed class StandardOutput
{
    // Guards the writer, so that lines stay whole.
    private readonly Lock _gate = new();
    private readonly StreamWriter _writer = new(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    /// <summary>Whether something could not be written.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Writes, and hands it on at once.</summary>
    public void Write(Action<TextWriter> write)
    {
        lock (_gate)
        {
            if (IsLost)
            {
                return;
            }

            try
            {
                write(_writer);
                _writer.Flush();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                IsLost = true;
                StandardError.WriteLine($"workbench: Standard output could not be written. {error.GetBaseException().Message}.");
            }
        }
    }

    public void WriteLine(string line) => Write(writer => writer.WriteLine(line));
}
