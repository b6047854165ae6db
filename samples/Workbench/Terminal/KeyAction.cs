using Terminal.Gui.Input;

namespace Workbench;

/// <summary>What a key does.</summary>
/// <param name="Key">The key.</param>
/// <param name="Title">In the bar at the bottom; null where there is no room for it.</param>
/// <param name="Help">In the list of keys.</param>
/// <param name="Act">Does it.</param>
internal sealed record KeyAction(Key Key, string? Title, string Help, Action Act);
