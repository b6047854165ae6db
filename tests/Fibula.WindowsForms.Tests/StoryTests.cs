using System.Diagnostics;
using Fibula.Tests.Conformance;

namespace Fibula.WindowsForms.Tests;

// Their windows would lie over those that other tests click on.
[Collection("Windows Forms")]
public sealed class StoryTests
{
    [Theory]
    [InlineData("Story.WindowsForms")]
    [InlineData("Story.Wpf")]
    [Trait("Behaviour", "B1")]
    [Trait("Behaviour", "B2")]
    [Trait("Behaviour", "B3")]
    [Trait("Behaviour", "B9")]
    public Task Story_OnEveryToolkit_IsTheSame(string project) =>
        StoryProgram.CheckAsync(new ProcessStartInfo(Path.Combine(StoryProgram.FolderOf(project), $"{project}.exe")));
}
