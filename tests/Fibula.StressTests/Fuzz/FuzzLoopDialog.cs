using Fibula.Testing;

namespace Fibula.StressTests.Fuzz;

/// <summary>A dialog that asks nothing.</summary>
internal sealed class FuzzLoopDialog : LoopDialog
{
    public override string? Question => null;

    public override IReadOnlyList<string> Lines => [];

    public override IReadOnlyList<string> Answers => [];

    public override IReadOnlyList<string> WaysTo(string answer) => [];

    public override Task AnswerAsync(string answer, string way) => Task.CompletedTask;
}
