namespace Fibula.StressTests.Orders;

/// <summary>A rule that holds in every order of acts does not hold in this one.</summary>
internal sealed class BrokenRuleException(string message) : Exception(message);
