namespace Workbench;

/// <summary>A file in the trash.</summary>
/// <param name="Path">Where it was, and goes back to.</param>
/// <param name="RealPath">The same place, without a symbolic link in it.</param>
/// <param name="InTrash">Where it is now.</param>
/// <param name="Info">The file beside it that tells every desktop where it was.</param>
internal sealed record TrashedFile(string Path, string RealPath, string InTrash, string Info);
