using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Fibula;

/// <summary>What an existing Blazor server needs: one line where its components are added, and <c>this.Tasks</c> in them.</summary>
public static class BlazorExtensions
{
    extension(ITaskOwner component)
    {
        /// <summary>The component's own scope, gone with it: closed when the component is disposed.</summary>
        /// <value>A child of the circuit's scope, named after the class. While the page is only prerendered, a scope that accepts no tasks: they are
        /// canceled before their first step, and start once the page is interactive.</value>
        /// <exception cref="InvalidOperationException">The calling code is in no circuit, or the server does not say <c>UseFibula()</c>.</exception>
        /// <remarks>Ask where the component may be touched; the scope itself may be used from any thread. When one of its tasks reports progress or ends,
        /// the component is rendered again, as after an event, at most ten times a second.</remarks>
        public TaskScope Tasks => ComponentScopes.ScopeOf(component);
    }

    /// <summary>Gives every circuit an app of its own, the owner of what its user has started.</summary>
    /// <param name="builder">What <c>AddInteractiveServerComponents()</c> returns.</param>
    /// <param name="configure">Sets the hooks, once for each circuit; null for none.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">The server says it already.</exception>
    /// <remarks>
    /// <para>The app begins when the circuit opens and lives through lost connections. When the circuit closes, since the page was left or the browser did
    /// not come back, <see cref="UiAppOptions.OnExit"/> is called with <see cref="ExitCause.SessionEnding"/>, and the tasks end before the components are
    /// disposed. When the server stops, all circuits do that. Signals are the server's.</para>
    /// <para>A dropped call that belongs to no circuit, such as one in an HTTP request, is never a user's: the server itself owns it until it stops, and
    /// logs its error.</para>
    /// <para>Services of the circuit get the app, and its scope, as <see cref="UiApp"/> and <see cref="TaskScope"/>. Singletons get the scope of the server itself, which no user
    /// sees, as <c>[FromKeyedServices("server")] TaskScope</c>: its tasks end when the host stops, within <c>HostOptions.ShutdownTimeout</c>.</para>
    /// </remarks>
    public static IServerSideBlazorBuilder UseFibula(this IServerSideBlazorBuilder builder, Action<UiAppOptions>? configure = null) =>
        builder.UseFibula((_, loop) => UiLoopExtensions.UseFibula(loop, configure));

    /// <summary>Gives every circuit an app of this class.</summary>
    /// <typeparam name="TApp">The app. Its constructor may ask for services of the circuit.</typeparam>
    /// <param name="builder">What <c>AddInteractiveServerComponents()</c> returns.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">The server says it already.</exception>
    public static IServerSideBlazorBuilder UseFibula<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TApp>(this IServerSideBlazorBuilder builder)
        where TApp : UiApp =>
        builder.UseFibula(static (services, loop) =>
        {
            TApp app = ActivatorUtilities.CreateInstance<TApp>(services);
            app.Attach(loop);
            return app;
        });

    /// <summary>Makes the page wait for its tasks before it is left for another address of the program: they are canceled, and the address changes once they
    /// have ended or were given up.</summary>
    /// <param name="page">The page; call it in <c>OnInitialized</c>.</param>
    /// <param name="mayClose">Asked once however often the user wants to leave meanwhile; false stays, and nothing was canceled. Null leaves without a
    /// question. An exception of the question is a fault, and counts as no.</param>
    /// <exception cref="InvalidOperationException">The calling code is in no circuit, or the server does not say <c>UseFibula()</c>.</exception>
    /// <remarks>Needs an interactive router. A tab that is closed, and an address of another site, cannot be held back: then the circuit closes,
    /// and an open question is canceled. A page that keeps its place, since the new address is its own with another parameter, gets a new scope.</remarks>
    public static void CloseAfterTasks(this ITaskOwner page, Func<Task<bool>>? mayClose = null) => ComponentScopes.WaitForTasks(page, mayClose);

    /// <summary>Ends the component's tasks with it. Only for a component with a <c>DisposeAsync</c> of its own, to be called there, on any thread.</summary>
    /// <param name="component">The component.</param>
    /// <returns>A task that ends when they have ended or were given up.</returns>
    public static Task CloseTasksAsync(this ITaskOwner component) => ComponentScopes.DisposedAsync(component);

    private static IServerSideBlazorBuilder UseFibula(this IServerSideBlazorBuilder builder, Func<IServiceProvider, BlazorLoop, UiApp> start)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceCollection services = builder.Services;
        if (services.Any(static service => service.ServiceType == typeof(CircuitStart)))
        {
            throw new InvalidOperationException("The server says UseFibula() already. Call it once: every circuit gets one app.");
        }

        services.AddSingleton(new CircuitStart(start));
        services.AddSingleton<OpenCircuits>();
        services.AddHostedService(static services => services.GetRequiredService<OpenCircuits>());
        services.AddSingleton<ServerOwner>();
        services.AddHostedService(static services => services.GetRequiredService<ServerOwner>());
        services.AddKeyedSingleton(ServerOwner.Name, static (services, _) => services.GetRequiredService<ServerOwner>().Tasks);
        services.AddScoped<CircuitLife>();
        services.AddScoped<CircuitHandler>(static services => services.GetRequiredService<CircuitLife>());
        services.TryAddScoped(static services => services.GetRequiredService<CircuitLife>().App);
        services.TryAddScoped(static services => services.GetRequiredService<UiApp>().Tasks);
        return builder;
    }
}
