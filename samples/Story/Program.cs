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

Console.Error.WriteLine(
    "Say on which toolkit to run: --ui eventloop, terminal or gtk. Windows Forms, WPF, Avalonia and Blazor have projects of their own beside this one: samples/Story.WindowsForms, samples/Story.Wpf, samples/Story.Avalonia, samples/Story.Web.");
return 2;

static int RunOnEventLoop()
{
    var loop = new EventLoop();
    var lesson = new Lesson(handler => loop.Post(handler));
    int code = lesson.Run(loop);
    lesson.End();
    return code;
}
