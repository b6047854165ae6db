namespace Fibula.StressTests.Orders;

/// <summary>When the loop has its turns.</summary>
public enum OrderSetting
{
    TurnAfterEachAct,

    /// <summary>Acts follow each other in one turn, until time passes.</summary>
    OneTurn,

    /// <summary>The loop starts when time passes first: what is started before is queued.</summary>
    NotStarted,
}
