using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Security;

/// <summary>A key in a link, for somebody who has no account. It names the workspace it opens, so that nothing is read before that is known.</summary>
/// <remarks>The database keeps its hash only: whoever reads the rows opens nothing with them.</remarks>
public sealed class PublicToken
{
    private const int WorkspaceLength = 32;
    private const int SecretBytes = 32;
    private readonly byte[] secret;

    private PublicToken(Id<Workspace> workspace, byte[] secret) => (Workspace, this.secret) = (workspace, secret);

    public Id<Workspace> Workspace { get; }

    public byte[] Hash => SHA256.HashData(secret);

    public static PublicToken New(Id<Workspace> workspace) =>
        new(workspace, RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Null when it cannot be one.</summary>
    public static PublicToken? Read(string? text)
    {
        if (
            text is not { Length: > WorkspaceLength and < 200 }
            || !Guid.TryParseExact(text[..WorkspaceLength], "N", out var workspace)
        )
        {
            return null;
        }
        try
        {
            var secret = WebEncoders.Base64UrlDecode(text[WorkspaceLength..]);
            return secret.Length == SecretBytes ? new PublicToken(new Id<Workspace>(workspace), secret) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public override string ToString() => $"{Workspace}{WebEncoders.Base64UrlEncode(secret)}";
}
