using System.ComponentModel;

namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for where a record is made, and what .NET Standard 2.0 has not.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
internal static class IsExternalInit;
