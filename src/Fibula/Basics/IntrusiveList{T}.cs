namespace Fibula;

/// <summary>A doubly linked list whose items hold the links, so that adding an item allocates nothing. Its owner guards it.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="linkOf">The link of an item to lists of this kind: an item is in at most one of them.</param>
internal sealed class IntrusiveList<T>(IntrusiveList<T>.LinkOf linkOf)
    where T : class
{
    /// <summary>Returns the link of an item.</summary>
    internal delegate ref Link LinkOf(T item);

    public int Count { get; private set; }

    public T? First { get; private set; }

    public T? Last { get; private set; }

    public T? Before(T item) => linkOf(item).Previous;

    public T? After(T item) => linkOf(item).Next;

    public void Add(T item)
    {
        ref Link link = ref linkOf(item);
        link.List = this;
        link.Previous = Last;
        if (Last is null)
        {
            First = item;
        }
        else
        {
            linkOf(Last).Next = item;
        }

        Last = item;
        Count++;
    }

    public void Remove(T item)
    {
        ref Link link = ref linkOf(item);
        if (link.Previous is { } previous)
        {
            linkOf(previous).Next = link.Next;
        }
        else
        {
            First = link.Next;
        }

        if (link.Next is { } next)
        {
            linkOf(next).Previous = link.Previous;
        }
        else
        {
            Last = link.Previous;
        }

        link = default;
        Count--;
    }

    /// <summary>Copies the first items.</summary>
    /// <returns>The index behind the last copy.</returns>
    public int CopyTo(T[] array, int index, int count)
    {
        for (T? item = First; item is not null && count > 0; item = After(item), count--)
        {
            array[index++] = item;
        }

        return index;
    }

    /// <summary>The place of an item in a list.</summary>
    internal struct Link
    {
        /// <summary>The list it is in; null for none.</summary>
        public IntrusiveList<T>? List { get; set; }

        public T? Next { get; set; }

        public T? Previous { get; set; }
    }
}
