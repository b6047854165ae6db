using System.Threading.Channels;

namespace LostTasks;

internal static class ChannelWork
{
    public static async Task WaitAsync(Trace trace, CancellationToken token)
    {
        object witness = trace.Begin();

        // docs: channel
        var lines = Channel.CreateUnbounded<string>();
        var device = new Device(lines.Writer);
        try
        {
            string line = await lines.Reader.ReadAsync(token);
            trace.Resumed(witness);
            device.Answer(line);
        }
        finally
        {
            trace.Finally();
        }
        // docs: end
    }

    /// <summary>Would write a line when the hardware has one.</summary>
    private sealed class Device(ChannelWriter<string> lines)
    {
        public void Answer(string line) => lines.TryWrite($"heard '{line}'");
    }
}
