using System.Net;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Settings.EditWorkspace;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Settings;

public sealed class EditWorkspaceTests
{
    private static readonly EditWorkspace Right = new(
        "Atelier Véga",
        "732 829 320",
        "12 rue des Lilas\r\n69003 Lyon",
        "fr",
        "Europe/Paris",
        HolidayRegion.AlsaceMoselle,
        5,
        15,
        30,
        45,
        true,
        [.. Enumerable.Repeat<(string?, string?)>(("08:30", "17:00"), 4), ("", ""), (null, null), ("", "")],
        0
    );

    [Fact]
    public void What_is_right_is_right() => Right.Wrong().ShouldBeEmpty();

    [Fact]
    public void Each_field_says_what_is_wrong_with_it()
    {
        Wrong(Right with { Name = "  " }).ShouldBe("nameMissing");
        Wrong(Right with { Name = new string('x', 201) }).ShouldBe("tooLong");
        Wrong(Right with { Siren = "123456789" }).ShouldBe("sirenWrong");
        Wrong(Right with { Address = new string('x', 501) }).ShouldBe("tooLong");
        Wrong(Right with { Zone = "Europe/Nulle-Part" }).ShouldBe("zoneWrong");
        Wrong(Right with { Zone = "Romance Standard Time" }).ShouldBe("zoneWrong");
        Wrong(Right with { High = 40 }).ShouldBe("thresholdsWrong");
        Wrong(Right with { Danger = null }).ShouldBe("thresholdsWrong");
        Wrong(Right with { PaymentDays = 46 }).ShouldBe("paymentWrong");
        Wrong(Right with { PaymentDays = null }).ShouldBe("paymentWrong");
        Wrong(Right with { Hours = [.. Right.Hours.Take(6), ("18:00", "09:00")] }).ShouldBe("hoursWrong");
        Wrong(Right with { Hours = [.. Right.Hours.Take(6), ("18:00", "")] }).ShouldBe("hoursWrong");
        Wrong(Right with { Hours = [.. Right.Hours.Take(6)] }).ShouldBe("hoursWrong");
        (Right with { Hours = [.. Right.Hours.Take(6), ("18:00", "")] }).WrongDays().ShouldBe([6]);
    }

    [Fact]
    public void Nothing_need_be_typed_beyond_the_name() =>
        (Right with { Siren = "", Address = null, Hours = [.. Enumerable.Repeat<(string?, string?)>((null, null), 7)] })
            .Wrong()
            .ShouldBeEmpty();

    [Theory, BothDatabases]
    public async Task An_owner_changes_the_settings_and_the_trail_says_which(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var page = $"/e/{workspace}/settings/workspace";
        using var saved = await owner.Submit(page, "workspace", Fields());
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await owner.Read(saved.Headers.Location!.ToString())).ShouldContain("732\u00A0829\u00A0320");

        var kept = await house.Ask(
            workspace,
            db => db.Workspaces.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken)
        );
        kept.Siren.ShouldBe(Siren.Read("732829320"));
        kept.Address.ShouldBe("12 rue des Lilas\n69003 Lyon");
        kept.Thresholds.ShouldBe(new Thresholds(0.05, 0.15, 0.30));
        kept.PaymentTerms.ShouldBe(new PaymentTerms(45, EndOfMonth: true));
        kept.WorkingWeek[DayOfWeek.Monday].ShouldBe(new WorkingHours(new(8, 30), new(12, 0)));
        kept.WorkingWeek[DayOfWeek.Tuesday].ShouldBeNull();
        kept.HolidayRegion.ShouldBe(HolidayRegion.Reunion);
        kept.Zone.ShouldBe("Indian/Reunion");
        var line = await house.Ask(
            workspace,
            db =>
                db.AuditLines.AsNoTracking()
                    .SingleAsync(l => l.Action == "workspace.changed", TestContext.Current.CancellationToken)
        );
        line.Details!.ShouldContain("siren");
        line.Details!.ShouldContain("zone");
        line.Details!.ShouldNotContain("732");
        line.Details!.ShouldNotContain("language");
        // The choice of workspaces knows the new name.
        (await owner.Read("/workspaces")).ShouldContain("Studio Véga");
    }

    [Theory, BothDatabases]
    public async Task What_cannot_be_so_is_said_at_its_field_and_nothing_typed_is_lost(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        using var answer = await owner.Submit(
            $"/e/{workspace}/settings/workspace",
            "workspace",
            [.. Fields().Where(f => f.Name != "In.PaymentDays"), ("In.PaymentDays", "60")]
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        page.ShouldContain("L441-10");
        page.ShouldContain("Studio Véga");
        page.ShouldContain("value=\"60\"");
        page.ShouldContain("value=\"08:30\"");
        (
            await house.Ask(workspace, db => db.Workspaces.SingleAsync(TestContext.Current.CancellationToken))
        ).Name.ShouldBe("Atelier Véga");
    }

    [Theory, BothDatabases]
    public async Task Of_two_who_change_at_once_the_second_is_told_and_keeps_what_was_typed(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var page = $"/e/{workspace}/settings/workspace";
        var form = await owner.Fill(page, "workspace");
        using var first = await owner.Submit(page, "workspace", Fields());
        using var second = await owner.Send(
            form,
            [.. Fields().Where(f => f.Name != "In.Name"), ("In.Name", "Vega et fils")]
        );
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        var told = WebUtility.HtmlDecode(await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        told.ShouldContain("Quelqu’un d’autre a changé");
        told.ShouldContain("Vega et fils");
        (
            await house.Ask(workspace, db => db.Workspaces.SingleAsync(TestContext.Current.CancellationToken))
        ).Name.ShouldBe("Studio Véga");
    }

    [Theory, BothDatabases]
    public async Task A_manager_reads_what_only_an_owner_changes(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace(role: Role.Manager);
        using var manager = await house.SignedIn(person);
        var page = await manager.Read($"/e/{workspace}/settings/workspace");
        page.ShouldContain("Seul un propriétaire peut changer");
        page.ShouldContain("30 jours après la date de facture");
        page.ShouldNotContain("In.Name");
        // A form that was never shown to them is not taken: they are led to the page as it is.
        var form = await manager.Fill($"/e/{workspace}/account", "account");
        using var forced = await manager.Send(
            form with
            {
                Address = $"/e/{workspace}/settings/workspace",
                Hidden = [.. form.Hidden.Where(h => h.Key != "_handler"), new("_handler", "workspace")],
            },
            Fields()
        );
        forced.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (
            await house.Ask(workspace, db => db.Workspaces.SingleAsync(TestContext.Current.CancellationToken))
        ).Name.ShouldBe("Atelier Véga");
    }

    private static string Wrong(EditWorkspace typed) => typed.Wrong().ShouldHaveSingleItem().Key;

    private static (string Name, string Value)[] Fields() =>
        [
            ("In.Name", "Studio Véga"),
            ("In.Siren", "732829320"),
            ("In.Address", "12 rue des Lilas\r\n69003 Lyon\r\n"),
            ("In.Language", "fr"),
            ("In.Zone", "Indian/Reunion"),
            ("In.Region", "Reunion"),
            ("In.Healthy", "5"),
            ("In.High", "15"),
            ("In.Danger", "30"),
            ("In.PaymentDays", "45"),
            ("In.PaymentEndOfMonth", "true"),
            ("In.Hours[0].From", "08:30"),
            ("In.Hours[0].To", "12:00"),
        ];
}
