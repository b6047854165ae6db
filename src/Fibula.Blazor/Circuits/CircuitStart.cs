namespace Fibula;

/// <summary>Makes the app of a circuit and attaches it.</summary>
internal sealed record CircuitStart(Func<IServiceProvider, BlazorLoop, UiApp> Start);
