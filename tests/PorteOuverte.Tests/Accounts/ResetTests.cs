using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Accounts.AskReset;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Mail;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounts;

public sealed partial class ResetTests
{
    private const string NewPassword = "encore une phrase assez longue";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task Who_forgot_their_password_is_back_in_by_the_link_of_the_mail(string database)
    {
        await using var house = await House.Working(database, Held);
        var (workspace, person) = await house.NewWorkspace();
        using var elsewhere = await house.SignedIn(person);
        using var visitor = new Visitor(house.Url);
        visitor.Http.DefaultRequestHeaders.Host = "evil.example";
        using var asked = await visitor.Submit("/forgot", "/forgot/ask", ("email", person.Email!.ToUpperInvariant()));
        asked.Headers.Location!.OriginalString.ShouldBe("/forgot/sent");
        var mail = await Mail(house, person.Email!);
        mail.Subject.ShouldBe("Votre nouveau mot de passe");
        mail.Confidential.ShouldBeTrue();
        mail.Text.ShouldNotContain("evil");
        mail.Text.ShouldContain("https://porte.example.fr/reset?code=");
        var link = Code().Match(mail.Text).Value;
        visitor.Http.DefaultRequestHeaders.Host = null;

        using var weak = await visitor.Submit(link, "reset", ("In.Password", "trop court"));
        (await Words(weak)).ShouldContain("Il faut douze caractères");
        (await SessionTests.Entered(elsewhere, workspace)).ShouldBeTrue();
        using var done = await visitor.Submit(link, "reset", ("In.Password", NewPassword));
        done.Headers.Location!.OriginalString.ShouldBe("/sign-in?notice=password");
        (await visitor.Read("/sign-in?notice=password")).ShouldContain("Votre nouveau mot de passe est en place");
        (await SessionTests.Entered(elsewhere, workspace)).ShouldBeFalse();
        (await SessionTests.Entered(visitor, workspace)).ShouldBeFalse();
        (await visitor.Read(link)).ShouldContain("Ce lien n’ouvre plus rien");
        (await visitor.Read("/reset")).ShouldContain("href=\"/forgot\"");
        (await visitor.Read("/reset?code=x")).ShouldContain("Ce lien n’ouvre plus rien");
        using var signedIn = await visitor.Submit(
            "/sign-in",
            "sign-in",
            ("In.Email", person.Email!),
            ("In.Password", NewPassword)
        );
        signedIn.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory, BothDatabases]
    public async Task Asking_for_a_link_says_to_the_byte_the_same_whoever_is_asked_for(string database)
    {
        await using var house = await House.Open(database);
        var (_, person) = await house.NewWorkspace();
        var answers = new List<string>();
        foreach (var email in new[] { person.Email!, "inconnue@example.fr", "n'importe quoi", new string('x', 300) })
        {
            using var visitor = new Visitor(house.Url);
            using var asked = await visitor.Submit("/forgot", "/forgot/ask", ("email", email));
            using var sent = await visitor.Get(asked.Headers.Location!.OriginalString);
            answers.Add(
                $"{asked.StatusCode} {asked.Headers.Location} {await asked.Content.ReadAsStringAsync(Cancellation)} {Named(asked)}\n"
                    + $"{sent.StatusCode} {await sent.Content.ReadAsStringAsync(Cancellation)} {Named(sent)}"
            );
        }
        answers.Distinct().Count().ShouldBe(1, string.Join("\n\n", answers.Distinct()));
        answers[0].ShouldContain("Si un compte existe");
    }

    [Theory, BothDatabases]
    public async Task A_link_serves_one_hour_and_one_of_two_who_send_it_at_once(string database)
    {
        var clock = new TestClock();
        await using var house = await House.Open(database, s => s.AddSingleton<TimeProvider>(clock));
        var (_, person) = await house.NewWorkspace();
        var late = await Link(house, person);
        clock.Pass(TimeSpan.FromMinutes(59));
        using var visitor = new Visitor(house.Url);
        (await visitor.Read(late)).ShouldContain("Choisissez votre nouveau mot de passe");
        clock.Pass(TimeSpan.FromMinutes(2));
        (await visitor.Read(late)).ShouldContain("Ce lien n’ouvre plus rien");

        var link = await Link(house, person);
        var forms = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => visitor.Fill(link, "reset")));
        var sent = await Task.WhenAll(forms.Select((f, i) => visitor.Send(f, ("In.Password", $"{NewPassword} {i}"))));
        sent.Count(a => a.StatusCode == HttpStatusCode.Redirect).ShouldBe(1);
        foreach (var answer in sent.Where(a => a.StatusCode != HttpStatusCode.Redirect))
        {
            // Who comes so late that the page has no form any more is led to the page.
            (
                answer.StatusCode == HttpStatusCode.SeeOther
                    ? await visitor.Read(answer.Headers.Location!.OriginalString)
                    : await Words(answer)
            ).ShouldContain("Ce lien n’ouvre plus rien");
        }
    }

    [Theory]
    [InlineData("Claire\r\nBcc: tous@example.com")]
    [InlineData("Claire\nSubject: autre chose")]
    [InlineData("Claire\u2028Bcc: tous@example.com\0")]
    public async Task A_name_typed_to_bend_a_mail_stays_a_name(string name)
    {
        await using var house = await House.Working("sqlite", Held);
        var (_, person) = await house.NewWorkspace();
        await using (var scope = house.Services.CreateAsyncScope())
        {
            var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
            var one = (await people.FindByIdAsync(person.Id.ToString()))!;
            one.Name = name;
            (await people.UpdateAsync(one)).Succeeded.ShouldBeTrue();
        }
        using var visitor = new Visitor(house.Url);
        using var asked = await visitor.Submit("/forgot", "/forgot/ask", ("email", person.Email!));
        var mail = await Mail(house, person.Email!);
        var headers = System.Text.Encoding.ASCII.GetString(MimeText.Write(mail)).Split("\r\n\r\n")[0].Split("\r\n");
        headers.ShouldAllBe(h => !h.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
        headers.Count(h => h.StartsWith("Subject:", StringComparison.OrdinalIgnoreCase)).ShouldBe(1);
        mail.ToAddress.ShouldBe(person.Email);
    }

    [Theory]
    [InlineData("tous@example.com\r\nBcc: autres@example.com")]
    [InlineData("tous@example.com,autres@example.com")]
    public async Task What_is_typed_as_an_address_reaches_no_header(string address)
    {
        await using var house = await House.Working("sqlite", Held);
        var (_, person) = await house.NewWorkspace();
        using var visitor = new Visitor(house.Url);
        foreach (var email in new[] { address, person.Email + "\r\nBcc: autres@example.com", person.Email! })
        {
            using var asked = await visitor.Submit("/forgot", "/forgot/ask", ("email", email));
            asked.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }
        await Mail(house, person.Email!);
        (await house.Ask(Workspace.House, db => db.Mails.CountAsync(Cancellation))).ShouldBe(1);
    }

    [Theory, BothDatabases]
    [Trait("Category", "Heavy")]
    public async Task Whoever_runs_the_server_makes_the_link_without_mail(string database)
    {
        using var data = new EmptyData(database);
        Person person;
        await using (var house = await House.Over(data.Settings))
        {
            (_, person) = await house.NewWorkspace();
        }
        using var verb = PorteProcess.Start(data.Settings, "accounts", "reset-link", person.Email!);
        (await verb.Ended()).ShouldBe(0, verb.Output);
        await using (var house = await House.Over(data.Settings))
        {
            using var visitor = new Visitor(house.Url);
            using var done = await visitor.Submit(
                Code().Match(verb.Output).Value,
                "reset",
                ("In.Password", NewPassword)
            );
            done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }
        using var factors = PorteProcess.Start(data.Settings, "accounts", "reset-factors", person.Email!);
        (await factors.Ended()).ShouldBe(0, factors.Output);
        await using (var house = await House.Over(data.Settings))
        {
            var told = await house.Ask(
                Workspace.House,
                db => db.Mails.AsNoTracking().Select(m => m.Subject).ToListAsync(Cancellation)
            );
            told.ShouldBe(
                ["Votre mot de passe a changé", "Votre double vérification a été retirée"],
                ignoreOrder: true
            );
        }
        using var wrong = PorteProcess.Start(data.Settings, "accounts", "reset-link", "inconnue@example.fr");
        (await wrong.Ended()).ShouldBe(2);
        wrong.Output.ShouldContain("Personne n’a de compte à l’adresse inconnue@example.fr");
    }

    // A mail with a key is emptied once it is handed over: here none is taken, and it can be read while it waits.
    private static void Held(IServiceCollection services) => services.AddSingleton<IMailTransport, ClosedPostOffice>();

    private sealed class ClosedPostOffice : IMailTransport
    {
        public Task<MailAnswer> Send(OutgoingMail mail, Func<Task> handing, CancellationToken cancellation) =>
            Task.FromResult(new MailAnswer(MailVerdict.NotNow, "closed"));
    }

    private static async Task<OutgoingMail> Mail(House house, string to)
    {
        OutgoingMail? mail = null;
        await Wait.Until(async () =>
            (
                mail = await house.Ask(
                    Workspace.House,
                    db => db.Mails.AsNoTracking().FirstOrDefaultAsync(m => m.ToAddress == to, Cancellation)
                )
            )
                is not null
        );
        return mail!;
    }

    private static async Task<string> Link(House house, Person person)
    {
        await using var scope = house.Services.CreateAsyncScope();
        var fresh = await scope
            .ServiceProvider.GetRequiredService<AppDb>()
            .People.SingleAsync(p => p.Id == person.Id, Cancellation);
        return scope.ServiceProvider.GetRequiredService<ResetLinks>().For(fresh).PathAndQuery;
    }

    // All that an answer says besides its body, without the hour.
    private static string Named(HttpResponseMessage answer) =>
        string.Join(
            '\n',
            answer
                .Headers.Concat(answer.Content.Headers)
                .Where(h => h.Key is not ("Date" or "Set-Cookie"))
                .Select(h => $"{h.Key}: {string.Join(", ", h.Value)}")
        );

    private static async Task<string> Words(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));

    [GeneratedRegex(@"/reset\?code=[\w-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
