namespace Fibula.Testing;

/// <summary>Says which behaviour a case proves, and what a loop must have for it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BehaviourAttribute(string number, params LoopFeature[] needs) : Attribute
{
    public string Number { get; } = number;

    public IReadOnlyList<LoopFeature> Needs { get; } = needs;
}
