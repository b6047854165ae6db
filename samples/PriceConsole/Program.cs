// The page "Getting started" as it stands, for a program without a toolkit.
// docs: program
using Fibula;

EventLoop.Run(async task =>
{
    Console.WriteLine("Loading …");
    await task.Delay(TimeSpan.FromSeconds(1));
    Console.WriteLine("The price is 42.");
});
// docs: end
