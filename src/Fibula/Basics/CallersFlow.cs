namespace Fibula;

/// <summary>The <see cref="ExecutionContext"/> of the calling code, to be put back after other code has run under another one; also where its flow is suppressed.</summary>
internal readonly struct CallersFlow
{
    private readonly ExecutionContext _context;
    private readonly bool _isSuppressed;

    private CallersFlow(ExecutionContext context, bool isSuppressed)
    {
        _context = context;
        _isSuppressed = isSuppressed;
    }

    public static CallersFlow Take()
    {
        bool isSuppressed = ExecutionContext.IsFlowSuppressed();
        if (isSuppressed)
        {
            // A suppressed context cannot be captured.
            ExecutionContext.RestoreFlow();
        }

        return new CallersFlow(ExecutionContext.Capture()!, isSuppressed);
    }

    public void PutBack()
    {
        ExecutionContext.Restore(_context);
        if (_isSuppressed)
        {
            ExecutionContext.SuppressFlow();
        }
    }
}
