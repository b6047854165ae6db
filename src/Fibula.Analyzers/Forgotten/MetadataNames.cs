using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Fibula.Analyzers;

/// <summary>What a referenced assembly declares, by its signatures (ECMA-335, II.23.2), without making a symbol of anything.</summary>
internal static class MetadataNames
{
    private static readonly ConditionalWeakTable<PortableExecutableReference, DeclaredNames> Known = new();

    /// <summary>Null where the file is no assembly.</summary>
    public static DeclaredNames? Of(PortableExecutableReference reference)
    {
        if (Known.TryGetValue(reference, out DeclaredNames? known))
        {
            return known;
        }

        return reference.GetMetadata() is AssemblyMetadata assembly ? Known.GetValue(reference, _ => Read(assembly)) : null;
    }

    private static DeclaredNames Read(AssemblyMetadata assembly)
    {
        var names = new DeclaredNames();
        foreach (ModuleMetadata module in assembly.GetModules())
        {
            Add(names, module.GetMetadataReader());
        }

        return names;
    }

    private static void Add(DeclaredNames names, MetadataReader reader)
    {
        // A name is one handle within a module, however many methods have it.
        var tasks = new HashSet<StringHandle>();
        var others = new HashSet<StringHandle>();
        bool hasFriends = HasFriends(reader);
        foreach (TypeDefinition type in reader.TypeDefinitions.Select(reader.GetTypeDefinition).Where(type => hasFriends || IsVisible(type)))
        {
            foreach (MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition))
            {
                (GivesATask(reader, method) ? tasks : others).Add(method.Name);
            }

            tasks.UnionWith(type.GetProperties().Select(reader.GetPropertyDefinition)
                .Where(property => MayBeADelegate(reader, property.Signature)).Select(property => property.Name));
            tasks.UnionWith(type.GetFields().Select(reader.GetFieldDefinition)
                .Where(field => MayBeADelegate(reader, field.Signature)).Select(field => field.Name));
        }

        names.MayGiveATask.UnionWith(tasks.Select(reader.GetString));
        names.Others.UnionWith(others.Select(reader.GetString));
    }

    private static bool IsVisible(TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask)
        is TypeAttributes.Public or TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem;

    // Those of InternalsVisibleTo, which see the internal types too.
    private static bool HasFriends(MetadataReader reader) =>
        reader.IsAssembly && reader.GetAssemblyDefinition().GetCustomAttributes().Select(reader.GetCustomAttribute).Any(attribute =>
            attribute.Constructor.Kind == HandleKind.MemberReference
            && reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } type
            && reader.StringComparer.Equals(reader.GetTypeReference((TypeReferenceHandle)type).Name, nameof(InternalsVisibleToAttribute)));

    // A type parameter may stand for a task. A reference to one is none that could be owned.
    private static bool GivesATask(MetadataReader reader, MethodDefinition method)
    {
        BlobReader signature = reader.GetBlobReader(method.Signature);
        int type = ReadType(ref signature);
        return IsParameter(type)
            || (type is (int)SignatureTypeKind.Class or (int)SignatureTypeKind.ValueType && IsTask(reader, signature.ReadTypeHandle()));
    }

    private static bool MayBeADelegate(MetadataReader reader, BlobHandle blob)
    {
        BlobReader signature = reader.GetBlobReader(blob);
        int type = ReadType(ref signature);
        return IsParameter(type) || (type == (int)SignatureTypeKind.Class && MayBeADelegate(reader, signature.ReadTypeHandle()));
    }

    private static bool IsParameter(int type) =>
        type is (int)SignatureTypeCode.GenericTypeParameter or (int)SignatureTypeCode.GenericMethodParameter;

    // The type of a field, or what a method or property gives; of a generic type, what it is made from. The framework's own reader of types makes
    // one of classes and structs.
    private static int ReadType(ref BlobReader signature)
    {
        SignatureHeader header = signature.ReadSignatureHeader();
        if (header.IsGeneric)
        {
            signature.ReadCompressedInteger();
        }

        if (header.Kind is SignatureKind.Method or SignatureKind.Property)
        {
            signature.ReadCompressedInteger();
        }

        int type = signature.ReadCompressedInteger();
        while (type is (int)SignatureTypeCode.RequiredModifier or (int)SignatureTypeCode.OptionalModifier)
        {
            signature.ReadTypeHandle();
            type = signature.ReadCompressedInteger();
        }

        return type == (int)SignatureTypeCode.GenericTypeInstance ? signature.ReadCompressedInteger() : type;
    }

    private static bool IsTask(MetadataReader reader, EntityHandle type) => type.Kind switch
    {
        HandleKind.TypeReference => IsTask(reader, reader.GetTypeReference((TypeReferenceHandle)type).Name),
        HandleKind.TypeDefinition => IsTask(reader, reader.GetTypeDefinition((TypeDefinitionHandle)type).Name),
        _ => false,
    };

    private static bool IsTask(MetadataReader reader, StringHandle name) =>
        reader.StringComparer.StartsWith(name, "Task") || reader.StringComparer.StartsWith(name, "ValueTask");

    // Of a type of another assembly nothing is known but its name.
    private static bool MayBeADelegate(MetadataReader reader, EntityHandle type) =>
        type.Kind != HandleKind.TypeDefinition
        || BaseOf(reader, (TypeDefinitionHandle)type) is { } known && reader.StringComparer.Equals(known, nameof(MulticastDelegate));

    private static StringHandle? BaseOf(MetadataReader reader, TypeDefinitionHandle type) => reader.GetTypeDefinition(type).BaseType switch
    {
        { IsNil: true } => null,
        { Kind: HandleKind.TypeReference } known => reader.GetTypeReference((TypeReferenceHandle)known).Name,
        { Kind: HandleKind.TypeDefinition } known => reader.GetTypeDefinition((TypeDefinitionHandle)known).Name,
        _ => null,
    };
}
