namespace Fibula.Analyzers;

/// <summary>One call to intercept: where it is, and the text of the method that takes its place. Equal where nothing has changed, so that nothing is generated anew.</summary>
/// <param name="Location">The attribute that names the call.</param>
/// <param name="Method">The method that takes the call's place, without a name.</param>
internal sealed record ForgottenCall(string Location, InterceptorText Method);
