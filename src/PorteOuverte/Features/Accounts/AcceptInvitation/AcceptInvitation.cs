using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.AcceptInvitation;

/// <param name="Token">As it stands in the link.</param>
public sealed record FindInvitation(string? Token);

/// <summary>With the account that is signed in.</summary>
public sealed record AcceptInvitation(string? Token);

/// <summary>With a new account, at the address that was invited.</summary>
public sealed record JoinInvited(string? Token, string Name, string Password);

/// <param name="HasAccount">Whether somebody has an account at the address that was invited.</param>
/// <param name="Me">The address of the account that is signed in; null: nobody is.</param>
public sealed record InvitationFound(
    Id<Workspace> Workspace,
    string WorkspaceName,
    string? By,
    Role Role,
    string? Welcome,
    string Email,
    bool HasAccount,
    string? Me
);

/// <summary>Opens an invitation by its link. The token names the workspace, so nothing is read before that is entered.</summary>
public sealed class AcceptInvitationHandler(
    AppDb db,
    UserManager<Person> people,
    Sessions sessions,
    CurrentWorkspace workspace,
    CurrentMember member,
    AuditTrail audit,
    TimeProvider clock
)
{
    private readonly Texts texts = MembersText.Current;

    /// <returns>Null when the link opens nothing.</returns>
    public async Task<InvitationFound?> Handle(FindInvitation query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (await Waiting(query.Token, cancellation) is not { } invitation)
        {
            return null;
        }
        var by = invitation.InvitedBy.Value;
        var me = member.Person?.Value;
        var names = await db
            .People.Where(p => p.Id == by || p.Id == me)
            .Select(p => new
            {
                p.Id,
                p.Name,
                p.Email,
            })
            .ToListAsync(cancellation);
        return new InvitationFound(
            db.Workspace,
            await db.Workspaces.Select(w => w.Name).SingleAsync(cancellation),
            names.FirstOrDefault(p => p.Id == by)?.Name,
            invitation.Role,
            invitation.Welcome,
            invitation.Email,
            await people.FindByEmailAsync(invitation.Email) is not null,
            names.FirstOrDefault(p => p.Id == me)?.Email
        );
    }

    /// <summary>Where somebody who is a member already has nothing to accept any more.</summary>
    public async Task<Id<Workspace>?> AlreadyIn(string? token, CancellationToken cancellation)
    {
        if (PublicToken.Read(token) is not { Workspace: var id } || member.Person?.Value is not { } me)
        {
            return null;
        }
        return await db.Memberships.AnyAsync(m => m.PersonId == me && m.WorkspaceId == id, cancellation) ? id : null;
    }

    /// <exception cref="Refusal">The link opens nothing any more.</exception>
    public async Task<Id<Workspace>> Handle(AcceptInvitation command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var invitation = await Waiting(command.Token, cancellation) ?? throw Over();
        await Join(invitation, member.Person!.Value, cancellation);
        return db.Workspace;
    }

    /// <returns>The workspace, or what to change in the form.</returns>
    /// <exception cref="Refusal">The link opens nothing any more.</exception>
    public async Task<(Id<Workspace>? Workspace, IReadOnlyList<IdentityError> Errors)> Handle(
        JoinInvited command,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        var invitation = await Waiting(command.Token, cancellation) ?? throw Over();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var person = new Person
        {
            UserName = invitation.Email,
            Email = invitation.Email,
            // The link came to that address, and only there.
            EmailConfirmed = true,
            Name = command.Name,
            Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        };
        var id = new Id<Person>(person.Id);
        // The session this browser came with ends where the new one begins.
        member.Identify(id, member.From, member.Session);
        audit.Did("person.created", id);
        var created = await people.CreateAsync(person, command.Password);
        if (!created.Succeeded)
        {
            return (null, [.. created.Errors]);
        }
        await Join(invitation, id, cancellation);
        await sessions.Begin(person, cancellation);
        await transaction.CommitAsync(cancellation);
        return (db.Workspace, []);
    }

    // Found again in each request, followed by the save that removes it: of two who use it at once, one saves.
    private async Task<Invitation?> Waiting(string? text, CancellationToken cancellation)
    {
        if (PublicToken.Read(text) is not { } token)
        {
            return null;
        }
        workspace.Enter(token.Workspace);
        var hash = token.Hash;
        var invitation = await db.Invitations.SingleOrDefaultAsync(i => i.TokenHash == hash, cancellation);
        return invitation?.IsOver(clock.GetUtcNow().UtcDateTime) == false ? invitation : null;
    }

    private async Task Join(Invitation invitation, Id<Person> person, CancellationToken cancellation)
    {
        var id = db.Workspace;
        db.Remove(invitation);
        db.Add(
            new Membership
            {
                PersonId = person.Value,
                WorkspaceId = id,
                WorkspaceName = await db.Workspaces.Select(w => w.Name).SingleAsync(cancellation),
                Role = invitation.Role,
                Since = clock.GetUtcNow().UtcDateTime,
            }
        );
        audit.Did("invitation.accepted", invitation.Id, new { role = invitation.Role });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException error) when (error is DbUpdateConcurrencyException || error.IsTaken())
        {
            throw Over();
        }
    }

    private Refusal Over() => new(texts["invitationOver"]);
}
