using System.Globalization;
using Fibula.Testing;

namespace Fibula.Tests.Loops;

public sealed class CultureTests
{
    [Fact, Trait("Behaviour", "B81")]
    public void Callbacks_OnTheUiThread_SeeItsOwnCulture()
    {
        var german = new CultureInfo("de-DE");
        var french = new CultureInfo("fr-FR");
        List<string> seen = [];
        OnAThreadOf(german, french, () =>
        {
            TestLoop loop = StartedLoop.Create();
            var scope = new TaskScope(loop, "app");
            using var subscribed = new ManualResetEventSlim();
            BackgroundTask task = scope.RunOnThreadPool(task =>
            {
                subscribed.Wait();
                task.AsProgress<int>(_ => Note("progress")).Report(1);
                return Task.CompletedTask;
            });
            task.StateChanged += (_, state) => Note($"{state}");
            subscribed.Set();
            loop.Post(() => Note("post"));
            loop.RunUntil(() => seen.Exists(entry => entry.StartsWith("Succeeded", StringComparison.Ordinal)));
        });

        Assert.Contains("progress de-DE fr-FR", seen);
        Assert.Contains("Succeeded de-DE fr-FR", seen);
        Assert.Contains("post de-DE fr-FR", seen);

        void Note(string what) => seen.Add($"{what} {CultureInfo.CurrentCulture.Name} {CultureInfo.CurrentUICulture.Name}");
    }

    [Fact, Trait("Behaviour", "B81")]
    public void Turn_WithAnotherCultureThanTheLast_SeesThat()
    {
        List<string> seen = [];
        OnAThreadOf(new CultureInfo("de-DE"), new CultureInfo("de-DE"), () =>
        {
            TestLoop loop = StartedLoop.Create();
            loop.Post(() => seen.Add(CultureInfo.CurrentCulture.Name));
            loop.RunUntilIdle();
            CultureInfo.CurrentCulture = new CultureInfo("ja-JP");
            loop.Post(() => seen.Add(CultureInfo.CurrentCulture.Name));
            loop.RunUntilIdle();
        });

        Assert.Equal(["de-DE", "ja-JP"], seen);
    }

    private static void OnAThreadOf(CultureInfo culture, CultureInfo uiCulture, Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            CultureInfo.CurrentCulture = culture;
            CultureInfo.CurrentUICulture = uiCulture;
            failure = Record.Exception(action);
        });
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
