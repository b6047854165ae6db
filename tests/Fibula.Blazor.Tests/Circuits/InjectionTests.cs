using Fibula.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Fibula.Blazor.Tests.Circuits;

/// <summary>A desktop program whose view models come from a container: nothing but the container is needed.</summary>
public sealed class InjectionTests
{
    [Fact, Trait("Behaviour", "B98")]
    public void ViewModels_OfTwoWindows_GetTheScopesOfTheirWindows()
    {
        var loop = TestLoop.StartApp();
        var services = new ServiceCollection();
        Register(services);
        ServiceProvider provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        TaskScope first = loop.App!.Tasks.CreateChild("first");
        TaskScope second = loop.App!.Tasks.CreateChild("second");

        AsyncServiceScope firstWindow = Open(provider, first);
        AsyncServiceScope secondWindow = Open(provider, second);

        Assert.Same(first, firstWindow.ServiceProvider.GetRequiredService<PriceModel>().Tasks);
        Assert.Same(second, secondWindow.ServiceProvider.GetRequiredService<PriceModel>().Tasks);
        Assert.Same(loop.App, provider.GetRequiredService<RecentFiles>().App);
        loop.RunUntilEnded(firstWindow.DisposeAsync().AsTask());
        Assert.Equal((true, false), (first.IsClosed, second.IsClosed));
        loop.End();
    }

    private static void Register(IServiceCollection services)
    {
        // docs: register
        services.AddScoped<WindowScope>();
        services.AddScoped(provider => provider.GetRequiredService<WindowScope>().Tasks);
        services.AddScoped<PriceModel>();           // public PriceModel(TaskScope tasks): the scope of its window
        services.AddSingleton<RecentFiles>();       // asks for UiApp.Current where it starts work
        // docs: end
    }

    private static AsyncServiceScope Open(ServiceProvider provider, TaskScope tasks)
    {
        // docs: open
        AsyncServiceScope window = provider.CreateAsyncScope();                     // await window.DisposeAsync() when it has closed
        window.ServiceProvider.GetRequiredService<WindowScope>().Tasks = tasks;     // this.Tasks, first of all
        // docs: end

        return window;
    }

    // docs: window
    private sealed class WindowScope
    {
        public TaskScope Tasks
        {
            get => field ?? throw new InvalidOperationException("Set the scope of the window before its view models are made.");
            set;
        }
    }
    // docs: end

    private sealed class PriceModel(TaskScope tasks)
    {
        public TaskScope Tasks => tasks;
    }

    private sealed class RecentFiles
    {
        public UiApp? App => UiApp.Current;
    }
}
