namespace Fibula;

/// <summary>The public face of a scope, as the tree sees it: its name, its settings, and its subscribers.</summary>
internal interface IScope
{
    string Name { get; }

    TimeSpan CloseGrace { get; }

    TimeSpan UnresponsiveAfter { get; }

    /// <summary>On the UI thread: raises <c>Faulted</c> of this scope alone.</summary>
    void RaiseFaulted(IUnhandledFault fault);
}
