namespace Workbench;

internal enum FileKind
{
    File,
    Folder,
    Link,
    NamedPipe,
    Socket,
    Device,
}
