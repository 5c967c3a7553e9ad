using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace PorteOuverte.Bench.Profile;

/// <summary>A type twice: as a signature of the profile holds it, and as the runtime writes its name.</summary>
internal readonly record struct Shape(ImmutableArray<byte> Blob, string Name);

/// <summary>The types of the program's assemblies, and how the profile refers to them.</summary>
internal sealed class MethodTypes(MetadataBuilder to) : ISignatureTypeProvider<Shape, MetadataReader>
{
    private const string Shared = "System.__Canon";

    // What the runtime writes for a type that a signature holds in one byte.
    private static readonly Dictionary<string, byte> OneByte = new(StringComparer.Ordinal)
    {
        ["void"] = (byte)SignatureTypeCode.Void,
        ["bool"] = (byte)SignatureTypeCode.Boolean,
        ["char"] = (byte)SignatureTypeCode.Char,
        ["sbyte"] = (byte)SignatureTypeCode.SByte,
        ["byte"] = (byte)SignatureTypeCode.Byte,
        ["short"] = (byte)SignatureTypeCode.Int16,
        ["ushort"] = (byte)SignatureTypeCode.UInt16,
        ["int"] = (byte)SignatureTypeCode.Int32,
        ["uint"] = (byte)SignatureTypeCode.UInt32,
        ["long"] = (byte)SignatureTypeCode.Int64,
        ["ulong"] = (byte)SignatureTypeCode.UInt64,
        ["float"] = (byte)SignatureTypeCode.Single,
        ["double"] = (byte)SignatureTypeCode.Double,
        ["nint"] = (byte)SignatureTypeCode.IntPtr,
        ["nuint"] = (byte)SignatureTypeCode.UIntPtr,
        ["System.String"] = (byte)SignatureTypeCode.String,
        ["System.Object"] = (byte)SignatureTypeCode.Object,
    };

    private static readonly Dictionary<byte, string> Names = OneByte.ToDictionary(p => p.Value, p => p.Key);

    private readonly Dictionary<string, List<Definition>> definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<MetadataReader, string> assemblies = [];
    private readonly Dictionary<string, AssemblyReferenceHandle> assemblyReferences = new(StringComparer.Ordinal);
    private readonly Dictionary<(EntityHandle, string, string), TypeReferenceHandle> references = [];

    /// <summary>A type where it is written: its assembly, and its place there.</summary>
    internal sealed record Definition(MetadataReader Reader, TypeDefinitionHandle Handle, string Assembly)
    {
        public TypeDefinition Type => Reader.GetTypeDefinition(Handle);
    }

    public void Read(MetadataReader reader)
    {
        var assembly = assemblies[reader] = reader.GetString(reader.GetAssemblyDefinition().Name);
        foreach (var handle in reader.TypeDefinitions)
        {
            var name = FullName(reader, handle);
            if (!definitions.TryGetValue(name, out var list))
            {
                definitions[name] = list = [];
            }
            list.Add(new Definition(reader, handle, assembly));
        }
    }

    /// <summary>All types of this name: small ones that compilers write stand in many assemblies.</summary>
    public IEnumerable<Definition> Named(string name, int arguments) =>
        definitions.GetValueOrDefault(name, []).Where(d => d.Type.GetGenericParameters().Count == arguments);

    /// <summary>The reference to a type, or to its instance with these arguments.</summary>
    public EntityHandle Reference(Definition definition, List<string> arguments) =>
        arguments.Count == 0
            ? Reference(definition.Reader, definition.Handle)
            : to.AddTypeSpecification(to.GetOrAddBlob(Instance(definition, arguments)));

    /// <summary>The bytes of a method's own arguments.</summary>
    public ImmutableArray<byte> Instance(List<string> arguments) =>
        [(byte)SignatureKind.MethodSpecification, .. Number(arguments.Count), .. arguments.SelectMany(a => Blob(a))];

    /// <summary>The bytes of a type from the name the runtime gives it.</summary>
    public ImmutableArray<byte> Blob(string name)
    {
        if (OneByte.TryGetValue(name, out var one))
        {
            return [one];
        }
        if (name.EndsWith("[]", StringComparison.Ordinal))
        {
            return [(byte)SignatureTypeCode.SZArray, .. Blob(name[..^2])];
        }
        if (name == Shared)
        {
            return Coded(SignatureTypeKind.Class, Reference(Assembly("System.Private.Canon"), "System", "__Canon"));
        }
        var (of, arguments) = MethodName.Split(name);
        var definition = Named(of, arguments.Count).First();
        return arguments.Count == 0 ? Coded(definition) : [.. Instance(definition, arguments)];
    }

    /// <summary>Whether a type of this name stands in an assembly: those of a compiler for one file bear its place on the disk.</summary>
    public bool Knows(string name)
    {
        if (name.EndsWith("[]", StringComparison.Ordinal))
        {
            return Knows(name[..^2]);
        }
        if (name == Shared || OneByte.ContainsKey(name))
        {
            return true;
        }
        var (of, arguments) = MethodName.Split(name);
        return Named(of, arguments.Count).Any() && arguments.TrueForAll(Knows);
    }

    /// <summary>The assemblies a name takes its types from: code for it can only stand where all of them are at hand.</summary>
    public IEnumerable<string> AssembliesOf(string name)
    {
        if (name.EndsWith("[]", StringComparison.Ordinal))
        {
            return AssembliesOf(name[..^2]);
        }
        if (name == Shared || OneByte.ContainsKey(name))
        {
            return [];
        }
        var (of, arguments) = MethodName.Split(name);
        return arguments.SelectMany(AssembliesOf).Append(Named(of, arguments.Count).First().Assembly);
    }

    public static ImmutableArray<byte> Signature(MethodSignature<Shape> signature) =>
        [
            signature.Header.RawValue,
            .. signature.Header.IsGeneric ? Number(signature.GenericParameterCount) : [],
            .. Number(signature.ParameterTypes.Length),
            .. signature.ReturnType.Blob,
            .. signature.ParameterTypes.SelectMany(p => p.Blob),
        ];

    /// <summary>An integer as signatures write it: short when it is small.</summary>
    private static ImmutableArray<byte> Number(int number)
    {
        var blob = new BlobBuilder();
        blob.WriteCompressedInteger(number);
        return blob.ToImmutableArray();
    }

    private ImmutableArray<byte> Instance(Definition definition, List<string> arguments) =>
        [
            (byte)SignatureTypeCode.GenericTypeInstance,
            .. Coded(definition),
            .. Number(arguments.Count),
            .. arguments.SelectMany(a => Blob(a)),
        ];

    private ImmutableArray<byte> Coded(Definition definition) =>
        Coded(
            IsValue(definition) ? SignatureTypeKind.ValueType : SignatureTypeKind.Class,
            Reference(definition.Reader, definition.Handle)
        );

    private static ImmutableArray<byte> Coded(SignatureTypeKind kind, EntityHandle type) =>
        [(byte)kind, .. Number(CodedIndex.TypeDefOrRefOrSpec(type))];

    private static bool IsValue(Definition definition)
    {
        var (reader, parent) = (definition.Reader, definition.Type.BaseType);
        var name = parent.Kind switch
        {
            HandleKind.TypeReference => FullName(reader, (TypeReferenceHandle)parent),
            HandleKind.TypeDefinition when !parent.IsNil => FullName(reader, (TypeDefinitionHandle)parent),
            _ => "",
        };
        return name == "System.Enum"
            || (name == "System.ValueType" && FullName(reader, definition.Handle) != "System.Enum");
    }

    private static string FullName(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name);
        return type.IsNested ? FullName(reader, type.GetDeclaringType()) + "+" + name
            : type.Namespace.IsNil ? name
            : reader.GetString(type.Namespace) + "." + name;
    }

    private static string FullName(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
                ? FullName(reader, (TypeReferenceHandle)type.ResolutionScope) + "+" + name
            : type.Namespace.IsNil ? name
            : reader.GetString(type.Namespace) + "." + name;
    }

    private AssemblyReferenceHandle Assembly(string name)
    {
        if (!assemblyReferences.TryGetValue(name, out var handle))
        {
            assemblyReferences[name] = handle = to.AddAssemblyReference(
                to.GetOrAddString(name),
                new Version(),
                default,
                default,
                default,
                default
            );
        }
        return handle;
    }

    private TypeReferenceHandle Reference(EntityHandle scope, string space, string name)
    {
        if (!references.TryGetValue((scope, space, name), out var handle))
        {
            references[(scope, space, name)] = handle = to.AddTypeReference(
                scope,
                space.Length == 0 ? default : to.GetOrAddString(space),
                to.GetOrAddString(name)
            );
        }
        return handle;
    }

    private TypeReferenceHandle Reference(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return Reference(
            type.IsNested ? Reference(reader, type.GetDeclaringType()) : Assembly(assemblies[reader]),
            reader.GetString(type.Namespace),
            reader.GetString(type.Name)
        );
    }

    private TypeReferenceHandle Reference(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        EntityHandle scope = type.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference => Reference(reader, (TypeReferenceHandle)type.ResolutionScope),
            HandleKind.AssemblyReference => Assembly(
                reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)
            ),
            _ => Assembly(assemblies[reader]),
        };
        return Reference(scope, reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    private static Shape Before(SignatureTypeCode code, Shape rest, string name) =>
        new([(byte)code, .. rest.Blob], name);

    public Shape GetPrimitiveType(PrimitiveTypeCode typeCode) =>
        new([(byte)typeCode], Names.GetValueOrDefault((byte)typeCode, typeCode.ToString()));

    public Shape GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        new(Coded((SignatureTypeKind)rawTypeKind, Reference(reader, handle)), FullName(reader, handle));

    public Shape GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        new(Coded((SignatureTypeKind)rawTypeKind, Reference(reader, handle)), FullName(reader, handle));

    public Shape GetTypeFromSpecification(
        MetadataReader reader,
        MetadataReader genericContext,
        TypeSpecificationHandle handle,
        byte rawTypeKind
    ) => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public Shape GetSZArrayType(Shape elementType) =>
        Before(SignatureTypeCode.SZArray, elementType, elementType.Name + "[]");

    public Shape GetArrayType(Shape elementType, ArrayShape shape)
    {
        var blob = new BlobBuilder();
        blob.WriteByte((byte)SignatureTypeCode.Array);
        blob.WriteBytes(elementType.Blob);
        blob.WriteCompressedInteger(shape.Rank);
        blob.WriteCompressedInteger(shape.Sizes.Length);
        foreach (var size in shape.Sizes)
        {
            blob.WriteCompressedInteger(size);
        }
        blob.WriteCompressedInteger(shape.LowerBounds.Length);
        foreach (var bound in shape.LowerBounds)
        {
            blob.WriteCompressedSignedInteger(bound);
        }
        return new(blob.ToImmutableArray(), elementType.Name + "[" + new string(',', shape.Rank - 1) + "]");
    }

    public Shape GetByReferenceType(Shape elementType) => Before(SignatureTypeCode.ByReference, elementType, "byref");

    public Shape GetPointerType(Shape elementType) => Before(SignatureTypeCode.Pointer, elementType, "ptr");

    public Shape GetPinnedType(Shape elementType) => Before(SignatureTypeCode.Pinned, elementType, elementType.Name);

    public Shape GetGenericInstantiation(Shape genericType, ImmutableArray<Shape> typeArguments) =>
        new(
            [
                (byte)SignatureTypeCode.GenericTypeInstance,
                .. genericType.Blob,
                .. Number(typeArguments.Length),
                .. typeArguments.SelectMany(a => a.Blob),
            ],
            $"{genericType.Name}[{string.Join(',', typeArguments.Select(a => a.Name))}]"
        );

    public Shape GetGenericTypeParameter(MetadataReader genericContext, int index) =>
        new([(byte)SignatureTypeCode.GenericTypeParameter, .. Number(index)], $"!{index}");

    public Shape GetGenericMethodParameter(MetadataReader genericContext, int index) =>
        new([(byte)SignatureTypeCode.GenericMethodParameter, .. Number(index)], $"!!{index}");

    public Shape GetModifiedType(Shape modifier, Shape unmodifiedType, bool isRequired)
    {
        var code = isRequired ? SignatureTypeCode.RequiredModifier : SignatureTypeCode.OptionalModifier;
        // A modifier is the bare reference, without its kind.
        return new([(byte)code, .. modifier.Blob[1..], .. unmodifiedType.Blob], unmodifiedType.Name);
    }

    public Shape GetFunctionPointerType(MethodSignature<Shape> signature) =>
        new([(byte)SignatureTypeCode.FunctionPointer, .. Signature(signature)], "ptr");
}
