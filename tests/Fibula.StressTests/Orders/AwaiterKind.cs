namespace Fibula.StressTests.Orders;

/// <summary>Which of the awaiters of a task on its loop: the first one resumes in another way than those after it.</summary>
internal enum AwaiterKind
{
    First,
    Further,
}
