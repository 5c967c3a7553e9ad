using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.InviteMember;

/// <param name="Welcome">What the one who invites says first; may be empty.</param>
public sealed record InviteMember(string Email, Role Role, string? Welcome);

/// <summary>Sends it again: a new link, and the one before it dies.</summary>
public sealed record RenewInvitation(Id<Invitation> Id);

public sealed record WithdrawInvitation(Id<Invitation> Id);

/// <summary>Invites by address, again, or no more.</summary>
public sealed class InviteMemberHandler(
    AppDb db,
    UserManager<Person> people,
    Outbox outbox,
    MailSettings mails,
    ServerSettings server,
    CurrentMember member,
    Knocks knocks,
    AuditTrail audit,
    TimeProvider clock
)
{
    // Strangers get these mails: nobody is to be bothered through us, and nobody's list of addresses worked off.
    private const int MostToOne = 3;
    private const int MostOfAll = 30;
    private static readonly TimeSpan Within = TimeSpan.FromHours(1);

    private readonly Texts texts = MembersText.Current;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>An address that is invited already is invited anew: with this role, these words and another link.</summary>
    /// <returns>The link, where mails do not leave by themselves.</returns>
    /// <exception cref="Refusal">The address cannot be written to, or is the one of a member.</exception>
    public async Task<string?> Handle(InviteMember command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var email = new Mailbox(command.Email).Address.ToLowerInvariant();
        var person = await people.FindByEmailAsync(email);
        if (person is not null && await IsMember(person, cancellation))
        {
            throw new Refusal(texts.Format("alreadyMember", person.Name));
        }
        var invitation = await db.Invitations.SingleOrDefaultAsync(i => i.Email == email, cancellation);
        var anew = invitation is not null;
        if (invitation is null)
        {
            invitation = new Invitation(email, Now);
            db.Add(invitation);
        }
        return await Send(invitation, command.Role, command.Welcome, anew, cancellation);
    }

    /// <inheritdoc cref="Handle(InviteMember, CancellationToken)"/>
    /// <exception cref="Refusal">It waits no more.</exception>
    public async Task<string?> Handle(RenewInvitation command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var invitation = await Waiting(command.Id, cancellation);
        return await Send(invitation, invitation.Role, invitation.Welcome, anew: true, cancellation);
    }

    /// <exception cref="Refusal">It waits no more.</exception>
    public async Task Handle(WithdrawInvitation command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var invitation = await Waiting(command.Id, cancellation);
        db.Remove(invitation);
        audit.Did("invitation.withdrawn", invitation.Id);
        await Save(cancellation);
    }

    private async Task<string?> Send(
        Invitation invitation,
        Role role,
        string? welcome,
        bool anew,
        CancellationToken cancellation
    )
    {
        if (!knocks.May("invite", invitation.Email, MostToOne, Within))
        {
            throw new Refusal(texts["invitedOften"]);
        }
        if (!knocks.May("invite", db.Workspace.ToString(), MostOfAll, Within))
        {
            throw new Refusal(texts["invitedMany"]);
        }
        var by = await db.People.AsNoTracking().SingleAsync(p => p.Id == member.Person!.Value.Value, cancellation);
        var workspace = await db.Workspaces.AsNoTracking().SingleAsync(cancellation);
        var token = PublicToken.New(workspace.Id);
        invitation.Send(role, welcome, member.Person!.Value, token, Now);
        var link = server.Link("/invitation?token=" + token).ToString();
        // Name and language of whoever has an account elsewhere are not this workspace's to know: it reads the mails it sends.
        var words = MembersText.In(CultureInfo.GetCultureInfo(workspace.Language));
        outbox.Add(
            new MailDraft(
                new Mailbox(invitation.Email),
                words.Format("mailSubject", by.Name, workspace.Name),
                words.Format(
                    "mailText",
                    by.Name,
                    workspace.Name,
                    words["role_" + role],
                    link,
                    invitation.Welcome is null ? "" : invitation.Welcome + "\n\n"
                )
            )
            {
                ReplyTo = new Mailbox(by.Email!, by.Name),
                Confidential = true,
            }
        );
        audit.Did(anew ? "invitation.renewed" : "invitation.sent", invitation.Id, new { role });
        await Save(cancellation);
        return mails.Way == MailWay.Pickup ? link : null;
    }

    private async Task<Invitation> Waiting(Id<Invitation> id, CancellationToken cancellation) =>
        await db.Invitations.SingleOrDefaultAsync(i => i.Id == id, cancellation)
        ?? throw new Refusal(texts["invitationGone"]);

    private Task<bool> IsMember(Person person, CancellationToken cancellation)
    {
        var workspace = db.Workspace;
        return db.Memberships.AnyAsync(m => m.PersonId == person.Id && m.WorkspaceId == workspace, cancellation);
    }

    private async Task Save(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new Refusal(texts["invitationGone"]);
        }
        catch (DbUpdateException error) when (error.IsTaken())
        {
            throw new Refusal(texts["invitedMeanwhile"]);
        }
    }
}
