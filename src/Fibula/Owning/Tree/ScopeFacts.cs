namespace Fibula;

/// <summary>What can be seen of one scope: its own tasks, and at the root those that have outlived their scopes.</summary>
internal readonly record struct ScopeFacts(TaskScope Scope, TaskFacts[] Tasks);
