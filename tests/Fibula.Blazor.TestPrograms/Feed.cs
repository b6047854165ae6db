namespace Fibula.Blazor.TestPrograms;

/// <summary>A service of the whole server, whose event all users' pages handle.</summary>
internal sealed class Feed
{
    public event Action? Changed;

    public void Raise() => Changed?.Invoke();
}
