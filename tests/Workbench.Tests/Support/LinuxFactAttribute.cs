using System.Runtime.CompilerServices;

namespace Workbench;

/// <summary>A test of something that only Linux has, or that takes a program of Debian.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        Skip = OperatingSystem.IsLinux() ? null : "Needs Linux.";
    }
}
