using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Apps;

public sealed class AttachTwiceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Attach_ToASecondLoop_ThrowsAndNeitherIsChanged(bool runs)
    {
        TestLoop loop = StartedLoop.Create();
        UiApp app = loop.UseFibula();
        BackgroundTask task = app.Tasks.Run(task => task.Delay(TimeSpan.FromHours(1)));
        loop.RunUntilIdle();
        TestLoop second = StartedLoop.Create();

        Assert.Throws<InvalidOperationException>(() =>
        {
            if (runs)
            {
                app.Run(second);
            }
            else
            {
                app.Attach(second);
            }
        });
        bool isFree = second.App is null;
        UiApp other = second.UseFibula();
        second.End();
        loop.RunUntilIdle();

        Assert.True(isFree);
        Assert.Same(second, other.Loop);
        Assert.Equal(BackgroundTaskState.Running, task.State);
        Assert.Null(app.CloseReport);
    }
}
