using System.Text;
using System.Threading.Channels;

namespace Fibula.Forgotten.Tests;

/// <summary>Stands in for standard error, to wait for a line.</summary>
internal sealed class LineWatch : TextWriter
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value) => _lines.Writer.TryWrite(value ?? "");

    public async Task<string> FirstWithAsync(string text)
    {
        while (true)
        {
            string line = await _lines.Reader.ReadAsync(TestContext.Current.CancellationToken);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }
}
