namespace Fibula;

/// <summary>The queue of a loop. It grows by blocks, which are used again, and never copies: with very many items that would take longer than a turn
/// may. Guarded by its owner.</summary>
internal sealed class WorkQueue
{
    private const int BlockSize = 256;

    // No block until the first item comes: many queues never get one.
    private Block? _first;
    private Block? _last;
    private Block? _empty;
    private int _taken;
    private int _filled = BlockSize;

    public int Count { get; private set; }

    public void Enqueue(WorkItem item)
    {
        if (_filled == BlockSize)
        {
            AddBlock();
        }

        _last!.Items[_filled++] = item;
        Count++;
    }

    public bool TryDequeue(out WorkItem item)
    {
        if (Count == 0)
        {
            item = default;
            return false;
        }

        item = _first!.Items[_taken];
        _first.Items[_taken++] = default;
        Count--;
        if (Count == 0)
        {
            (_taken, _filled) = (0, 0);
        }
        else if (_taken == BlockSize)
        {
            Block next = _first.Next!;
            (_first.Next, _empty) = (_empty, _first);
            (_first, _taken) = (next, 0);
        }

        return true;
    }

    /// <summary>Takes everything out, in order.</summary>
    public WorkItem[] TakeAll()
    {
        var all = new WorkItem[Count];
        for (int i = 0; TryDequeue(out WorkItem item); i++)
        {
            all[i] = item;
        }

        return all;
    }

    private void AddBlock()
    {
        Block block = TakeEmpty() ?? new Block();
        _first ??= block;
        _last?.Next = block;
        _last = block;
        _filled = 0;
    }

    private Block? TakeEmpty()
    {
        Block? block = _empty;
        if (block is not null)
        {
            (_empty, block.Next) = (block.Next, null);
        }

        return block;
    }

    private sealed class Block
    {
        public WorkItem[] Items { get; } = new WorkItem[BlockSize];

        public Block? Next { get; set; }
    }
}
