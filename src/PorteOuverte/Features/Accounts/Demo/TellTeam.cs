using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Accounts.InviteMember;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Demo;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.Demo;

/// <summary>Who works at the agency: Claire, who runs it, four colleagues, and one who is invited.</summary>
internal sealed class TellTeam : ITellTheDemo
{
    public const string Agency = "Agence Corvaine";
    private const string Domain = "corvaine.example";

    // For whoever signs out and wants to see how one signs in; it opens nothing but made-up data on one's own machine.
    private const string Password = "une barque sur la Maine";

    public IEnumerable<Scene> Tell(DemoStory story)
    {
        var began = story.DaysInUse;
        yield return new Scene(story.At(began, 9, 2), (services, stop) => Open(story, services, stop));
        foreach (
            var (name, role, minute) in ((string, Role, int)[])
                [
                    ("Hugo Marsault", Role.Manager, 20),
                    ("Inès Bouvard", Role.Member, 21),
                    ("Malik Djerroud", Role.Member, 22),
                    ("Solange Petitjean", Role.Reader, 23),
                ]
        )
        {
            yield return new Scene(
                story.At(began, 9, minute),
                (services, stop) => Join(story, services, name, role, stop)
            );
        }
        yield return new Scene(
            story.AtWork(2, 16, 40),
            (services, stop) =>
                services
                    .GetRequiredService<InviteMemberHandler>()
                    .Handle(
                        new InviteMember.InviteMember(
                            "tom.garnier@" + Domain,
                            Role.Member,
                            "Bonjour Tom, voici de quoi suivre nos clients dès votre arrivée lundi. À bientôt\u00A0!"
                        ),
                        stop
                    )
        );
    }

    private static async Task Open(DemoStory story, IServiceProvider services, CancellationToken stop)
    {
        var db = services.GetRequiredService<AppDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var claire = await Create(services, "Claire Delahaye", Password);
        var workspace = await services
            .GetRequiredService<WorkspaceOpening>()
            .Open(claire.Id, Agency, claire.Language, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        story.Opened(workspace, Agency, claire);
    }

    private static async Task Join(
        DemoStory story,
        IServiceProvider services,
        string name,
        Role role,
        CancellationToken stop
    )
    {
        var db = services.GetRequiredService<AppDb>();
        var person = await Create(services, name, password: null);
        db.Add(
            new Membership
            {
                PersonId = person.Id,
                WorkspaceId = db.Workspace,
                WorkspaceName = Agency,
                Role = role,
                Since = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
            }
        );
        services.GetRequiredService<AuditTrail>().Did("invitation.accepted", new Id<Person>(person.Id), new { role });
        await db.SaveChangesAsync(stop);
        story.Joined(person, role);
    }

    private static async Task<Person> Create(IServiceProvider services, string name, string? password)
    {
        var people = services.GetRequiredService<UserManager<Person>>();
        var email = $"{PlainLetters.Of(name.Split(' ')[0]).ToLowerInvariant()}@{Domain}";
        var person = new Person
        {
            UserName = email,
            Email = email,
            EmailConfirmed = true,
            Name = name,
            CreatedAt = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
        };
        services.GetRequiredService<AuditTrail>().Did("person.created", new Id<Person>(person.Id));
        var created = password is null ? await people.CreateAsync(person) : await people.CreateAsync(person, password);
        return created.Succeeded ? person : throw new InvalidOperationException(created.ToString());
    }
}
