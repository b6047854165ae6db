namespace Fibula;

/// <summary>What goes on with a close outside the gate.</summary>
internal interface ICloseDriver
{
    /// <summary>Begins a pass on the loop, or asks the one in progress for another round.</summary>
    void Advance();
}
