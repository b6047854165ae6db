using Avalonia;

namespace Fibula.Avalonia.Tests.Stage;

/// <summary>An application that does what a test says when it is made.</summary>
internal sealed class TestApplication(Action<Application> completed) : Application
{
    public override void OnFrameworkInitializationCompleted()
    {
        completed(this);
        base.OnFrameworkInitializationCompleted();
    }
}
