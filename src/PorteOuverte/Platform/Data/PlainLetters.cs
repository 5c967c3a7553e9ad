using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Data;

/// <summary>Texts without accents and capitals, so that "chene" finds "Chêne" and stands beside it; the same on both databases.</summary>
public static class PlainLetters
{
    private const string NameInSqlite = "plain_letters";

    /// <summary>In a query, the database does it.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Most texts have nothing to take off.
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }
        var plain = new StringBuilder(text.Length);
        foreach (var c in CleanText.Whole(text).Normalize(NormalizationForm.FormD))
        {
            switch (c)
            {
                case >= '\u0300' and <= '\u036F':
                    break;
                case 'œ' or 'Œ':
                    plain.Append("oe");
                    break;
                case 'æ' or 'Æ':
                    plain.Append("ae");
                    break;
                case '’':
                    plain.Append('\'');
                    break;
                default:
                    plain.Append(char.ToLowerInvariant(c));
                    break;
            }
        }
        return plain.ToString();
    }

    internal static void Map(ModelBuilder model, bool sqlite)
    {
        var function = model.HasDbFunction(((Func<string, string>)Of).Method);
        if (sqlite)
        {
            function.HasName(NameInSqlite);
            return;
        }
        // From what PostgreSQL brings: its unaccent is an extension, which not every host has.
        function.HasTranslation(arguments =>
        {
            var text = Call("lower", Call("normalize", arguments[0], "NFD"));
            text = Call("regexp_replace", text, @"[\u0300-\u036f]", "", "g");
            text = Call("replace", Call("replace", Call("replace", text, "œ", "oe"), "æ", "ae"), "’", "'");
            // Compared letter by letter, as SQLite does, whatever the language of the database.
            return new CollateExpression(text, "C");
        });
    }

    internal static void Teach(SqliteConnection connection) =>
        connection.CreateFunction(
            NameInSqlite,
            (string? text) => text is null ? null : Of(text),
            isDeterministic: true
        );

    private static SqlFunctionExpression Call(string name, SqlExpression text, params string[] arguments) =>
        new(
            // Named in full: normalize alone would want a keyword for the form.
            "pg_catalog",
            name,
            [text, .. arguments.Select(a => new SqlConstantExpression(a, typeof(string), text.TypeMapping))],
            nullable: true,
            argumentsPropagateNullability: [true, .. arguments.Select(_ => false)],
            typeof(string),
            text.TypeMapping
        );
}
