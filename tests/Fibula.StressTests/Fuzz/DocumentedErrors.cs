using System.Reflection;
using System.Xml.Linq;

namespace Fibula.StressTests.Fuzz;

/// <summary>What the XML documentation beside the assemblies says that each member throws.</summary>
internal sealed class DocumentedErrors
{
    private readonly Dictionary<string, XElement> _members = [];

    public DocumentedErrors(IEnumerable<Assembly> assemblies)
    {
        foreach (Assembly assembly in assemblies)
        {
            foreach (XElement member in XDocument.Load(Path.ChangeExtension(assembly.Location, "xml")).Descendants("member"))
            {
                _members[member.Attribute("name")!.Value] = member;
            }
        }
    }

    public IReadOnlyList<Type> Of(MemberInfo member) => [.. ErrorsOf(member, DocId.Of(member), []).Distinct()];

    private IEnumerable<Type> ErrorsOf(MemberInfo? member, string id, HashSet<string> seen)
    {
        if (!seen.Add(id) || !_members.TryGetValue(id, out XElement? docs))
        {
            return [];
        }

        IEnumerable<Type> own = docs.Elements("exception").Select(exception => TypeOf(exception.Attribute("cref")!.Value));
        IEnumerable<Type> inherited = docs.Elements("inheritdoc").SelectMany(inherit => inherit.Attribute("cref")?.Value is { } cref
            ? ErrorsOf(member: null, cref, seen)
            : BaseOf(member) is { } @base ? ErrorsOf(@base, DocId.Of(@base), seen) : []);
        return own.Concat(inherited);
    }

    private static MemberInfo? BaseOf(MemberInfo? member) =>
        member is MethodInfo method && method.GetBaseDefinition() is { } @base && @base != method ? @base : null;

    private static Type TypeOf(string cref)
    {
        string name = cref[2..];
        return Type.GetType(name) ?? typeof(UiLoop).Assembly.GetType(name) ?? typeof(Testing.TestLoop).Assembly.GetType(name)
            ?? throw new InvalidOperationException($"The documentation names an exception that is not found: {cref}.");
    }
}
