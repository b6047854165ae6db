using Workbench;

CommandLine line = CommandLine.Parse(args);
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

// docs: run
var app = new WorkbenchApp(line);
bool isShown = Screens.Choose(line).Show(app);
StandardError.WriteLine($"{app.CloseReport}");
return ExitCodes.Of(app, isShown);
// docs: end
