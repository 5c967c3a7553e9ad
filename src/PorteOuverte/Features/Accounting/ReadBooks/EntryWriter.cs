using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Accounting.ReadBooks;

/// <summary>Writes entries by the thousand: one statement for each row through the mapper would take minutes for a large ledger.</summary>
internal sealed class EntryWriter(AppDb db)
{
    private const string Columns =
        "workspace_id, client_id, reading, id, kind, number, date, booked_on, due_on, amount, counted, net, vat, outstanding, paid_on, currency, is_covered, file_id, line, version";

    /// <summary>In the transaction under way; else in a short one of its own, so that others can write in between.</summary>
    public async Task Write(IReadOnlyList<Entry> entries, CancellationToken cancellation)
    {
        if (entries.Count == 0)
        {
            return;
        }
        await using var own = db.Database.CurrentTransaction is null
            ? await db.Database.BeginTransactionAsync(cancellation)
            : null;
        var transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        if (db.Database.IsSqlite())
        {
            await WriteEach(entries, transaction, cancellation);
        }
        else
        {
            await WriteTogether(entries, transaction, cancellation);
        }
        if (own is not null)
        {
            await own.CommitAsync(cancellation);
        }
    }

    private async Task WriteEach(
        IReadOnlyList<Entry> entries,
        DbTransaction transaction,
        CancellationToken cancellation
    )
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            $"insert into entries ({Columns}) values ($ws, $client, $reading, $id, $kind, $number, $date, $booked, $due, $amount, $counted, $net, $vat, $outstanding, $paid, $currency, 0, $file, $line, 0)";
        DbParameter Named(string name)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
            return parameter;
        }
        Named("$ws").Value = db.Workspace.Value.ToByteArray(bigEndian: true);
        var (client, reading, id, kind, number) = (
            Named("$client"),
            Named("$reading"),
            Named("$id"),
            Named("$kind"),
            Named("$number")
        );
        var (date, booked, amount, counted) = (Named("$date"), Named("$booked"), Named("$amount"), Named("$counted"));
        var (net, vat, outstanding, paid) = (Named("$net"), Named("$vat"), Named("$outstanding"), Named("$paid"));
        var (file, line, due, currency) = (Named("$file"), Named("$line"), Named("$due"), Named("$currency"));
        await command.PrepareAsync(cancellation);
        foreach (var entry in entries)
        {
            client.Value = entry.ClientId.Value.ToByteArray(bigEndian: true);
            reading.Value = entry.Reading;
            id.Value = entry.Id.Value.ToByteArray(bigEndian: true);
            kind.Value = entry.Kind.ToString();
            number.Value = entry.Number;
            date.Value = Day(entry.Date);
            booked.Value = Day(entry.BookedOn);
            (amount.Value, counted.Value, net.Value) = (entry.Amount, entry.Counted, entry.Net);
            (vat.Value, outstanding.Value) = (entry.Vat, entry.Outstanding);
            paid.Value = entry.PaidOn is { } day ? Day(day) : DBNull.Value;
            file.Value = entry.File is { } from ? from.ToByteArray(bigEndian: true) : DBNull.Value;
            line.Value = entry.Line is { } at ? at : DBNull.Value;
            due.Value = entry.DueOn is { } dueOn ? Day(dueOn) : DBNull.Value;
            currency.Value = entry.Currency is { } code ? code : DBNull.Value;
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // Not COPY, which row-level security does not let the application's role do.
    private async Task WriteTogether(
        IReadOnlyList<Entry> entries,
        DbTransaction transaction,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            insert into entries ({Columns})
            select $1, e.client_id, e.reading, e.id, e.kind, e.number, e.date, e.booked_on, e.due_on, e.amount, e.counted, e.net, e.vat,
              e.outstanding, e.paid_on, e.currency, false, e.file_id, e.line, 0
            from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
              as e (client_id, reading, id, kind, number, date, booked_on, due_on, amount, counted, net, vat, outstanding, paid_on, currency, file_id, line)
            """,
            (NpgsqlConnection)transaction.Connection!,
            (NpgsqlTransaction)transaction
        );
        void Add<T>(NpgsqlDbType type, Func<Entry, T> of) =>
            command.Parameters.Add(
                new NpgsqlParameter { Value = entries.Select(of).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type }
            );
        command.Parameters.Add(new NpgsqlParameter { Value = db.Workspace.Value });
        Add(NpgsqlDbType.Uuid, e => e.ClientId.Value);
        Add(NpgsqlDbType.Bigint, e => e.Reading);
        Add(NpgsqlDbType.Uuid, e => e.Id.Value);
        Add(NpgsqlDbType.Text, e => e.Kind.ToString());
        Add(NpgsqlDbType.Text, e => e.Number);
        Add(NpgsqlDbType.Date, e => e.Date);
        Add(NpgsqlDbType.Date, e => e.BookedOn);
        Add(NpgsqlDbType.Date, e => e.DueOn);
        Add(NpgsqlDbType.Bigint, e => e.Amount);
        Add(NpgsqlDbType.Bigint, e => e.Counted);
        Add(NpgsqlDbType.Bigint, e => e.Net);
        Add(NpgsqlDbType.Bigint, e => e.Vat);
        Add(NpgsqlDbType.Bigint, e => e.Outstanding);
        Add(NpgsqlDbType.Date, e => e.PaidOn);
        Add(NpgsqlDbType.Text, e => e.Currency);
        Add(NpgsqlDbType.Uuid, e => e.File);
        Add(NpgsqlDbType.Integer, e => e.Line);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
