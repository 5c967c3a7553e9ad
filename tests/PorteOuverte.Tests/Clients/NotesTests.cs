using System.Net;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Clients;

public sealed class NotesTests
{
    [Theory, BothDatabases]
    public async Task A_note_is_written_with_its_author_and_shown_first(string database)
    {
        await using var there = await Portfolio.Open(database);
        await Write(there, "Aime qu’on l’appelle <le matin>.");
        using var written = await Write(there, "Une autre.\nSur deux lignes.");
        written.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await there.Visitor.Read(there.Sheet + "/notes");
        page.ShouldContain("· Claire Aubry");
        page.IndexOf("Une autre.", StringComparison.Ordinal)
            .ShouldBeLessThan(page.IndexOf("Aime qu’on l’appelle <le matin>.", StringComparison.Ordinal));
        (await there.Deeds()).Count(d => d == "note.written").ShouldBe(2);
        using var empty = await Write(there, "  ");
        (await Portfolio.Words(empty)).ShouldContain("Écrivez d’abord la note");
    }

    [Theory, BothDatabases]
    public async Task A_note_is_changed_in_place_and_what_another_has_saved_is_not_overwritten(string database)
    {
        await using var there = await Portfolio.Open(database);
        await Write(there, "Avant");
        var id = await there.Ask(db =>
            db.ClientNotes.Select(n => n.Id).SingleAsync(TestContext.Current.CancellationToken)
        );
        var form = await there.Visitor.Fill($"{there.Sheet}/notes?note={id}", "edit-note");
        using var saved = await there.Visitor.Send(
            form with
            {
                Address = there.Sheet + "/notes",
            },
            ("Edited.Text", "Après")
        );
        saved.Headers.Location!.ToString().ShouldEndWith($"/notes#note-{id}");
        using var late = await there.Visitor.Send(
            form with
            {
                Address = there.Sheet + "/notes",
            },
            ("Edited.Text", "Trop tard")
        );
        var page = await Portfolio.Words(late);
        page.ShouldContain("Quelqu’un d’autre vient d’enregistrer");
        page.ShouldContain("Trop tard");
        (await there.Visitor.Read(there.Sheet + "/notes")).ShouldContain("Après");
    }

    [Theory, BothDatabases]
    public async Task A_note_removed_is_had_back_from_the_toast(string database)
    {
        await using var there = await Portfolio.Open(database);
        await Write(there, "À garder");
        var id = await there.Ask(db =>
            db.ClientNotes.Select(n => n.Id).SingleAsync(TestContext.Current.CancellationToken)
        );
        var address = $"/e/{there.Workspace}/notes/{id}";
        using var removed = await there.Visitor.Submit(there.Sheet + "/notes", address + "/remove");
        removed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        // The toast is on the next page, and its button is a form.
        var form = await there.Visitor.Fill(there.Sheet + "/notes", address + "/restore");
        (await there.Visitor.Read(there.Sheet + "/notes")).ShouldNotContain("À garder");
        using var restored = await there.Visitor.Send(form);
        restored.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await there.Visitor.Read(there.Sheet + "/notes")).ShouldContain("À garder");
        (await there.Deeds()).ShouldContain("note.restored");
        using var again = await there.Visitor.Send(form);
        again.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothDatabases]
    public async Task The_notes_of_two_clients_that_are_one_stand_together(string database)
    {
        await using var there = await Portfolio.Open(database);
        var twin = await there.Add("Chocolaterie du Chêne (bis)");
        await there.House.In(
            there.Workspace,
            async (AppDb db) =>
            {
                var note = new ClientNote(twin, null, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
                note.Say("Du jumeau");
                db.Add(note);
                await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            }
        );
        (await there.Visitor.Read(there.Sheet + "/notes")).ShouldNotContain("Du jumeau");
        await there.Change(c => c.Id == twin, c => c.MergeInto(there.Client));
        (await there.Visitor.Read(there.Sheet + "/notes")).ShouldContain("Du jumeau");
        using var gone = await there.Visitor.Get($"/e/{there.Workspace}/clients/{twin}/notes");
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothDatabases]
    public async Task Many_notes_are_paged(string database)
    {
        await using var there = await Portfolio.Open(database);
        await there.House.In(
            there.Workspace,
            async (AppDb db) =>
            {
                for (var i = 0; i < 30; i++)
                {
                    var note = new ClientNote(there.Client, null, new DateTime(2026, 1, 1, 0, i, 0, DateTimeKind.Utc));
                    note.Say($"Note {i:00}.");
                    db.Add(note);
                }
                await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            }
        );
        var first = await there.Visitor.Read(there.Sheet + "/notes");
        first.ShouldContain("Note 05.");
        first.ShouldNotContain("Note 04.");
        (await there.Visitor.Read(there.Sheet + "/notes?page=2")).ShouldContain("Note 00.");
    }

    [Theory, BothDatabases]
    public async Task A_reader_reads_and_changes_nothing(string database)
    {
        await using var there = await Portfolio.Open(database);
        await Write(there, "À lire");
        using var reader = await there.Colleague(Role.Reader);
        var form = await there.Visitor.Fill(there.Sheet + "/notes", "note");
        var page = await reader.Read(there.Sheet + "/notes");
        page.ShouldContain("À lire");
        page.ShouldNotContain("<form method=\"post\" action=\"/e/");
        page.ShouldNotContain("name=\"Note.Text\"");
        using var refused = await reader.Send(form, ("Note.Text", "Jamais"));
        (await reader.Read(there.Sheet + "/notes")).ShouldNotContain("Jamais");
    }

    private static Task<HttpResponseMessage> Write(Portfolio there, string text) =>
        there.Visitor.Submit(there.Sheet + "/notes", "note", ("Note.Text", text));
}
