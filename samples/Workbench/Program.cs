using Workbench;

var line = CommandLine.Parse(args);
if ((line.Problem ?? Screens.FindProblem(line)) is { } problem)
{
    StandardError.WriteLine($"workbench: {problem}");
    return ExitCodes.WrongUsage;
}

if (line.ShowsHelp || line.ShowsVersion)
{
    Console.Out.WriteLine(line.ShowsHelp ? CommandLine.Help : $"workbench {typeof(WorkbenchApp).Assembly.GetName().Version?.ToString(3)}");
    return ExitCodes.Done;
}

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
return ExitCodes.Of(app, isShown);
