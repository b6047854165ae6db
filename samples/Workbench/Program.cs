using Workbench;

var line = CommandLine.Parse(args);
if ((line.Problem ?? Screens.FindProblem(line)) is { } problem)
{
    StandardError.WriteLine($"workbench: {problem}");
    return ExitCodes.WrongUsage;
}

if (line.IsQuestion)
{
    return line.Answer();
}

// A second Ctrl+C ends the process at once, but not before it has told what became of its tasks.
var told = new ManualResetEventSlim();
AppDomain.CurrentDomain.ProcessExit += (_, _) => told.Wait(TimeSpan.FromSeconds(1));

bool isShown = false;
var app = new WorkbenchApp(line);
try
{
    isShown = Screens.Choose(line).Show(app);
}
catch (Exception error)
{
    // The last line of defence: people get a sentence, whatever has gone wrong.
    StandardError.WriteLine($"workbench: {error.Message}");
}

StandardError.WriteLine($"{app.CloseReport}");
told.Set();
return ExitCodes.Of(app, isShown);
