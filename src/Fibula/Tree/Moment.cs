namespace Fibula;

/// <summary>A reading of a tree's clock, taken outside the gate.</summary>
/// <param name="Loop">The loop whose clock it was; null for the system's.</param>
/// <param name="Ticks">The time in ticks, from the clock's own zero.</param>
internal readonly record struct Moment(UiLoop? Loop, long Ticks);
