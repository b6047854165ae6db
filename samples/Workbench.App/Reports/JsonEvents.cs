using Fibula;

namespace Workbench;

/// <summary>What happens to the tasks of the app, as lines of JSON, for programs.</summary>
public static class JsonEvents
{
    /// <summary>Answers with <c>{"event":"task",…}</c>: a task has come into a state.</summary>
    public static string Format(BackgroundTask task, BackgroundTaskState state) => JsonLine.Of("task", json =>
    {
        json.WriteString("name", task.Name);
        json.WriteString("state", state.ToString());
        json.WriteString("reason", state >= BackgroundTaskState.Canceling ? task.CancelReason?.Message : null);
    });

    /// <summary>Answers with <c>{"event":"closed",…}</c>: how the close of the app went.</summary>
    public static string Format(CloseReport report) => JsonLine.Of("closed", json =>
    {
        json.WriteNumber("tasks", report.StartedCount);
        json.WriteNumber("finished", report.SucceededCount);
        json.WriteNumber("canceled", report.CanceledCount);
        json.WriteStartArray("survivors");
        foreach (CloseReportEntry survivor in report.Survivors.Concat(report.Abandoned))
        {
            json.WriteStringValue(survivor.Name);
        }

        json.WriteEndArray();
        json.WriteNumber("lost", report.LostCount);
        json.WriteNumber("faults", report.FaultedCount);
    });
}
