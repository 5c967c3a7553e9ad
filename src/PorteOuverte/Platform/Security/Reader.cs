using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Platform.Data
{
    public sealed partial class AppDb
    {
        /// <summary>The members of the workspace.</summary>
        public IQueryable<Reader> Readers =>
            Memberships
                .Where(m => m.WorkspaceId == Workspace)
                .Join(
                    People,
                    m => m.PersonId,
                    p => p.Id,
                    (m, p) => new Reader(p.Id, p.Name, p.Email!, p.Language, m.Role)
                );
    }
}

namespace PorteOuverte.Platform.Security
{
    /// <summary>A member to whom mails are written.</summary>
    public sealed record Reader(Guid Id, string Name, string Email, string Language, Role Role);
}
