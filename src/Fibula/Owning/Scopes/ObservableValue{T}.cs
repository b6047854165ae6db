namespace Fibula;

/// <summary>A value that work depends on: a new value makes <see cref="TaskScopeExtensions.RunWhileShown{TKey}"/> restart the work.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="value">The first value.</param>
/// <remarks><para><b>Threads.</b> May be set from any thread.</para></remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/RepeatingExampleTests.cs#key">
/// var symbol = new ObservableValue&lt;string>(_symbol.Text);
/// this.Tasks.RunWhileShown(symbol, FollowPriceAsync);             // async Task FollowPriceAsync(string symbol, TaskContext task)
/// _symbol.TextChanged += (_, _) => symbol.Value = _symbol.Text;   // cancels the run, and restarts it with the new symbol
/// </code>
/// </example>
public sealed class ObservableValue<T>(T value)
{
    // Guards _value and _version. Values are compared outside it, since that is their own code.
    private readonly Lock _gate = new();
    private T _value = value;
    private int _version;

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
            while (true)
            {
                T old = Read(out int version);
                if (EqualityComparer<T>.Default.Equals(old, value))
                {
                    return;
                }

                if (TrySet(value, version))
                {
                    Changed?.Invoke();
                    return;
                }
            }
        }
    }

    private T Read(out int version)
    {
        lock (_gate)
        {
            version = _version;
            return _value;
        }
    }

    private bool TrySet(T value, int version)
    {
        lock (_gate)
        {
            bool isCurrent = version == _version;
            if (isCurrent)
            {
                _value = value;
                _version++;
            }

            return isCurrent;
        }
    }
}
