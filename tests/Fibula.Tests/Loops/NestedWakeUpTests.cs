namespace Fibula.Tests.Loops;

public sealed class NestedWakeUpTests
{
    [Fact, Trait("Behaviour", "B56")]
    public void Pump_AfterANestedLoopThatTookTheWakeUpAndLeft_AsksForATurnAgain()
    {
        int wakeUps = 0;
        bool isRun = false;
        ManualLoop? loop = null;
        loop = new ManualLoop(() => wakeUps++);
        loop.Pump();
        loop.Post(() =>
        {
            // A dialog that pumps, is woken for the next post, and closes without a further frame.
            loop.Pump();
            loop.Post(() => isRun = true);
            wakeUps = 0;
        });

        loop.Pump();
        int askedAgain = wakeUps;
        loop.Pump();
        loop.End();

        Assert.Equal((1, true), (askedAgain, isRun));
    }
}
