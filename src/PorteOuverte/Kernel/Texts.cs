using System.Globalization;
using System.Resources;

namespace PorteOuverte.Kernel;

/// <summary>The texts of one feature in one language, from the resx pair beside it.</summary>
public sealed class Texts(Type feature, CultureInfo culture)
{
    private readonly ResourceManager resources = new(feature);

    public CultureInfo Culture { get; } = culture;

    public Figures Figures { get; } = Figures.For(culture);

    /// <summary>The text of a key. A key without a text is a defect that a test finds; it shows as itself meanwhile.</summary>
    public string this[string key] => resources.GetString(key, Culture) ?? key;

    /// <summary>A text with its places filled in: <c>{0}</c>, <c>{1}</c>.</summary>
    public string Format(string key, params object?[] values) => string.Format(CultureInfo.InvariantCulture, this[key], values);

    /// <summary>The text for a number of things, <c>key_one</c> or <c>key_many</c>, with the number at <c>{0}</c>; in French none is singular.</summary>
    public string Count(string key, long count, params object?[] values)
    {
        var one = count == 1 || (count == 0 && Culture.TwoLetterISOLanguageName == "fr");
        return Format(one ? key + "_one" : key + "_many", [Figures.Number((decimal)count), .. values]);
    }
}
