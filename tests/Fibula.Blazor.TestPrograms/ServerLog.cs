using Microsoft.AspNetCore.Components;

namespace Fibula.Blazor.TestPrograms;

/// <summary>Writes lines that begin with the name of the test, which has put it into the address.</summary>
internal sealed class ServerLog(NavigationManager navigation)
{
    public void Write(string line) => Console.WriteLine($"{new Uri(navigation.Uri).Query.TrimStart('?')}, {line}");
}
