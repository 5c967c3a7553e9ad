using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace PorteOuverte.Bench.Profile;

/// <summary>Writes which methods ran in the form the compiler reads (.mibc), so that it lays their code side by side.</summary>
/// <remarks>
/// The form is a library. Its method AssemblyDictionary names groups of assemblies, each with a method of its own,
/// and that one holds for each method that ran its token and its weight.
/// </remarks>
internal sealed class MethodProfile
{
    private readonly MetadataBuilder to = new();
    private readonly MethodTypes types;
    private readonly SortedDictionary<string, InstructionEncoder> groups = new(StringComparer.Ordinal);

    public MethodProfile(IEnumerable<string> assemblies)
    {
        types = new MethodTypes(to);
        foreach (var file in assemblies)
        {
            // Open until the end: names are read when they are asked for.
            var image = new PEReader(File.OpenRead(file));
            if (image.HasMetadata && image.GetMetadataReader() is { IsAssembly: true } reader)
            {
                types.Read(reader);
            }
        }
    }

    /// <summary>Adds a method; false when no assembly has it: the runtime also compiles what it writes itself.</summary>
    public bool Add(MethodName name, int weight)
    {
        if (!name.TypeArguments.Concat(name.MethodArguments).All(types.Knows))
        {
            return false;
        }
        var any = false;
        foreach (var type in types.Named(name.Type, name.TypeArguments.Count))
        {
            var methods = type
                .Type.GetMethods()
                .Select(type.Reader.GetMethodDefinition)
                .Where(m => type.Reader.StringComparer.Equals(m.Name, name.Method))
                .Where(m => m.GetGenericParameters().Count == name.MethodArguments.Count)
                .Select(m => m.DecodeSignature(types, type.Reader))
                .Where(s => s.ParameterTypes.Length == name.Parameters.Count)
                .ToLookup(s => name.Alike(s.ParameterTypes));
            // Overloads that their names do not tell apart are all taken.
            foreach (var signature in methods.MaxBy(m => m.Key) ?? Enumerable.Empty<MethodSignature<Shape>>())
            {
                Add(type, name, signature, weight);
                any = true;
            }
        }
        return any;
    }

    private void Add(MethodTypes.Definition type, MethodName name, MethodSignature<Shape> signature, int weight)
    {
        EntityHandle token = to.AddMemberReference(
            types.Reference(type, name.TypeArguments),
            to.GetOrAddString(name.Method),
            to.GetOrAddBlob(MethodTypes.Signature(signature))
        );
        if (name.MethodArguments.Count > 0)
        {
            token = to.AddMethodSpecification(token, to.GetOrAddBlob(types.Instance(name.MethodArguments)));
        }
        var others = name.TypeArguments.Concat(name.MethodArguments).SelectMany(types.AssembliesOf);
        var group = string.Concat(
            others
                .Where(a => a != type.Assembly)
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Prepend(type.Assembly)
                .Select(a => a + ";")
        );
        if (!groups.TryGetValue(group, out var code))
        {
            groups[group] = code = new InstructionEncoder(new BlobBuilder());
        }
        code.OpCode(ILOpCode.Ldtoken);
        code.Token(token);
        code.LoadString(to.GetOrAddUserString("ExclusiveWeight"));
        code.LoadConstantI4(weight);
        code.OpCode(ILOpCode.Pop);
    }

    public void Write(string file)
    {
        var name = to.GetOrAddString(Path.GetFileName(file));
        to.AddModule(0, name, to.GetOrAddGuid(Guid.Empty), default, default);
        to.AddAssembly(name, new Version(), default, default, default, default);
        to.AddTypeDefinition(
            default,
            default,
            to.GetOrAddString("<Module>"),
            default,
            MetadataTokens.FieldDefinitionHandle(1),
            MetadataTokens.MethodDefinitionHandle(1)
        );
        byte[] nothingIntoNothing = [(byte)SignatureKind.Method, 0, (byte)SignatureTypeCode.Void];
        var bodies = new MethodBodyStreamEncoder(new BlobBuilder());
        var dictionary = new InstructionEncoder(new BlobBuilder());
        foreach (var (assemblies, code) in groups)
        {
            dictionary.LoadString(to.GetOrAddUserString(assemblies));
            dictionary.OpCode(ILOpCode.Ldtoken);
            dictionary.Token(Global("Methods", code));
            dictionary.OpCode(ILOpCode.Pop);
        }
        Global("AssemblyDictionary", dictionary);
        var image = new BlobBuilder();
        new ManagedPEBuilder(
            new PEHeaderBuilder(imageCharacteristics: Characteristics.Dll | Characteristics.ExecutableImage),
            new MetadataRootBuilder(to),
            bodies.Builder,
            // The same methods give the same file.
            deterministicIdProvider: _ => default
        ).Serialize(image);
        File.Delete(file);
        using var zip = ZipFile.Open(file, ZipArchiveMode.Create);
        var entry = zip.CreateEntry(Path.GetFileName(file) + ".dll", CompressionLevel.SmallestSize);
        entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var stream = entry.Open();
        image.WriteContentTo(stream);

        MethodDefinitionHandle Global(string method, InstructionEncoder code) =>
            to.AddMethodDefinition(
                MethodAttributes.Public | MethodAttributes.Static,
                MethodImplAttributes.IL,
                to.GetOrAddString(method),
                to.GetOrAddBlob(nothingIntoNothing),
                bodies.AddMethodBody(code),
                MetadataTokens.ParameterHandle(1)
            );
    }
}
