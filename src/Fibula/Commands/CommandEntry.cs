namespace Fibula;

internal enum CommandEntry
{
    Start,
    Wait,
    Refuse,
}
