using Fibula;
using Story;

// The same program on one toolkit after another: dotnet run --project samples/Story -- --ui gtk
Func<int>? run = args switch
{
    [] or ["--ui", "eventloop"] => RunOnEventLoop,
    ["--ui", "terminal"] => OnTerminal.Run,
    ["--ui", "gtk"] => OnGtk.Run,
    _ => null,
};
if (run is not null)
{
    return run();
}

Console.Error.WriteLine(args is ["--ui", "web" or "winforms" or "wpf" or "avalonia"]
    ? $"'{args[1]}' has a project of its own: samples/Story.{args[1]}."
    : "Say on which toolkit to run: --ui eventloop, terminal or gtk. For web, winforms, wpf and avalonia there are projects beside this one.");
return 2;

static int RunOnEventLoop()
{
    var loop = new EventLoop();
    var lesson = new Lesson(handler => loop.Post(handler));
    int code = lesson.Run(loop);
    lesson.End();
    return code;
}
