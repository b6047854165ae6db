namespace Fibula;

/// <summary>A fault on its way, as its stations see it.</summary>
internal interface IUnhandledFault
{
    string Name { get; }

    string ScopeName { get; }

    /// <summary>All that is known of it, in lines for a log.</summary>
    string Details { get; }

    /// <summary>Somebody has taken care of it.</summary>
    bool Handled { get; }
}
