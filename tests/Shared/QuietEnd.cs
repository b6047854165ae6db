[assembly: AssemblyFixture(typeof(Fibula.Tests.Conformance.QuietEnd))]

namespace Fibula.Tests.Conformance;

/// <summary>
/// After the last test: many leave work behind that never ends, on purpose, and the process would name all of it at its end.
/// What a process says there is tested in processes of their own.
/// </summary>
public sealed class QuietEnd : IDisposable
{
    public void Dispose() => Console.SetError(TextWriter.Null);
}
