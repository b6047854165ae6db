using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Scopes;

/// <summary>What the generated code calls, called by hand.</summary>
public sealed class ForgottenTaskTests
{
    private readonly TestLoop _loop = StartedLoop.Create();

    [Fact]
    public void Own_NameIsNull_IsRefusedAndNothingIsOwned()
    {
        UiApp app = _loop.UseFibula();
        _loop.RunUntilIdle();

        Assert.Throws<ArgumentNullException>("name", () => ForgottenTask.Own(new TaskCompletionSource().Task, receiver: null, name: null!, file: null, line: 0));

        Assert.Empty(app.Tasks.Snapshot().Tasks);
    }
}
