namespace Fibula;

/// <summary>A value that work is bound to: setting another one makes <see cref="TaskScope.RunWhileShown{TKey}"/> begin anew.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="value">The first value.</param>
/// <remarks><para><b>Threads.</b> May be set from any thread.</para></remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/RepeatingExampleTests.cs#key">
/// var symbol = new TaskKey&lt;string>(_symbol.Text);
/// this.Tasks.RunWhileShown(symbol, FollowPriceAsync);             // async Task FollowPriceAsync(string symbol, TaskContext task)
/// _symbol.TextChanged += (_, _) => symbol.Value = _symbol.Text;   // told to cancel, and begun anew with the other one
/// </code>
/// </example>
public sealed class TaskKey<T>(T value)
{
    // Guards _value.
    private readonly Lock _gate = new();
    private T _value = value;

    internal event Action? Changed;

    /// <summary>The value. Setting an equal one changes nothing.</summary>
    public T Value
    {
        get
        {
            lock (_gate)
            {
                return _value;
            }
        }

        set
        {
            lock (_gate)
            {
                if (EqualityComparer<T>.Default.Equals(_value, value))
                {
                    return;
                }

                _value = value;
            }

            Changed?.Invoke();
        }
    }
}
