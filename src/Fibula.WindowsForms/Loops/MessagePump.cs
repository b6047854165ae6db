using System.Runtime.InteropServices;

namespace Fibula;

/// <summary>Brings the calling thread its messages where the toolkit's own loop is over, or waits for an answer.</summary>
internal static unsafe partial class MessagePump
{
    private const uint Forever = uint.MaxValue;
    private const uint AnyMessage = 0x04FF;
    private const uint AlsoOldOnes = 4;
    private const uint Remove = 1;

    /// <summary>Pumps until the task has completed, which wakes it.</summary>
    public static void RunUntil(Task task)
    {
        nint completed = ((IAsyncResult)task).AsyncWaitHandle.SafeWaitHandle.DangerousGetHandle();
        while (!task.IsCompleted)
        {
            _ = WaitForMessages(1, completed, Forever, AnyMessage, AlsoOldOnes);
            while (!task.IsCompleted && Peek(out Message message, 0, 0, 0, Remove) != 0)
            {
                _ = Translate(message);
                _ = Dispatch(message);
            }
        }
    }

    [LibraryImport("user32", EntryPoint = "MsgWaitForMultipleObjectsEx")]
    private static partial uint WaitForMessages(uint count, in nint handle, uint milliseconds, uint kinds, uint flags);

    [LibraryImport("user32", EntryPoint = "PeekMessageW")]
    private static partial int Peek(out Message message, nint window, uint first, uint last, uint flags);

    [LibraryImport("user32", EntryPoint = "TranslateMessage")]
    private static partial int Translate(in Message message);

    [LibraryImport("user32", EntryPoint = "DispatchMessageW")]
    private static partial nint Dispatch(in Message message);

    /// <summary>A MSG; none of it is read here.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Message
    {
        public fixed long Content[6];
    }
}
