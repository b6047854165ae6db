using System.Diagnostics;
using Fibula.Tests.Conformance;

namespace Fibula.Avalonia.Tests;

public sealed class StoryTests
{
    [Fact]
    [Trait("Behaviour", "B1")]
    [Trait("Behaviour", "B2")]
    [Trait("Behaviour", "B3")]
    [Trait("Behaviour", "B9")]
    public Task Story_OnEveryToolkit_IsTheSame() =>
        StoryProgram.CheckAsync(new ProcessStartInfo("dotnet", [Path.Combine(StoryProgram.FolderOf("Story.Avalonia"), "Story.Avalonia.dll")]));
}
