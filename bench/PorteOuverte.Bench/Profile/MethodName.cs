namespace PorteOuverte.Bench.Profile;

/// <summary>A method as the runtime writes it: <c>Space.Type`1[Of]:Method[Of](parameters)</c>.</summary>
internal sealed record MethodName(
    string Whole,
    string Type,
    List<string> TypeArguments,
    string Method,
    List<string> MethodArguments,
    List<string> Parameters
)
{
    /// <summary>From a line of the runtime's list; null when it names none that stands in an assembly.</summary>
    public static MethodName? From(string line)
    {
        const string compiled = "JIT compiled ";
        var start = line.IndexOf(compiled, StringComparison.Ordinal);
        var end = line.LastIndexOf(" [", StringComparison.Ordinal);
        if (start < 0 || end < start)
        {
            return null;
        }
        var text = line[(start + compiled.Length)..end];
        var colon = Outside(text, ':').FirstOrDefault(-1);
        var open = Outside(text, '(').FirstOrDefault(i => i > colon, -1);
        if (colon < 0 || open < 0)
        {
            return null;
        }
        var (type, ofType) = Split(text[..colon]);
        var (method, ofMethod) = Split(text[(colon + 1)..open]);
        return new MethodName(text, type, ofType, method, ofMethod, Parts(text[(open + 1)..text.LastIndexOf(')')]));
    }

    /// <summary>A name, and what stands in its brackets.</summary>
    public static (string Name, List<string> Arguments) Split(string text)
    {
        var open = text.IndexOf('[', StringComparison.Ordinal);
        return open < 0 ? (text, []) : (text[..open], Parts(text[(open + 1)..text.LastIndexOf(']')]));
    }

    /// <summary>How many parameters bear the name they have here: an enumeration is written as its number, and bears another.</summary>
    public int Alike(IEnumerable<Shape> parameters) =>
        parameters
            .Zip(Parameters)
            .Count(p => Filled(Filled(p.First.Name, "!!", MethodArguments), "!", TypeArguments) == p.Second);

    private static string Filled(string name, string mark, List<string> arguments)
    {
        // From the last: "!1" is also the beginning of "!10".
        for (var i = arguments.Count - 1; i >= 0; i--)
        {
            name = name.Replace($"{mark}{i}", arguments[i], StringComparison.Ordinal);
        }
        return name;
    }

    private static List<string> Parts(string text)
    {
        int[] ends = [.. Outside(text, ','), text.Length];
        return text.Length == 0 ? [] : [.. ends.Select((end, i) => text[(i == 0 ? 0 : ends[i - 1] + 1)..end])];
    }

    // The places of a character that no brackets hold.
    private static IEnumerable<int> Outside(string text, char wanted)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch
            {
                '[' => 1,
                ']' => -1,
                _ => 0,
            };
            if (depth == 0 && text[i] == wanted)
            {
                yield return i;
            }
        }
    }
}
