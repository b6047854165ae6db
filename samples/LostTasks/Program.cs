using LostTasks;

const string Usage = "Usage: dotnet run --project samples/LostTasks -- [--with-fibula] [file-watcher|channel|messenger|semaphore]";

bool withFibula = args.Contains("--with-fibula");
string[] names = [.. args.Where(argument => argument != "--with-fibula")];
Hazard[] chosen = [.. Hazard.All.Where(hazard => names.Length == 0 || names.Contains(hazard.Name))];
if (chosen.Length == 0 || names.Length > 1)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

foreach (Hazard hazard in chosen)
{
    foreach (bool withToken in new[] { false, true })
    {
        string outcome = withFibula ? new OwnedRun(hazard, withToken).Try() : PlainRun.Try(hazard, withToken);
        Console.WriteLine($"{hazard.Name}, {(withToken ? "with" : "without")} the token: {outcome}.");
    }
}

FileWatcherWork.RemoveTheFolder();
return 0;
