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
        "workspace_id, client_id, reading, id, kind, number, date, booked_on, amount, counted, net, vat, outstanding, paid_on, is_covered, file_id, line, version";

    /// <summary>In a short transaction of its own, so that others can write in between.</summary>
    public async Task Write(IReadOnlyList<Entry> entries, CancellationToken cancellation)
    {
        if (entries.Count == 0)
        {
            return;
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (db.Database.IsSqlite())
        {
            await WriteEach(entries, transaction.GetDbTransaction(), cancellation);
        }
        else
        {
            await WriteTogether(entries, transaction.GetDbTransaction(), cancellation);
        }
        await transaction.CommitAsync(cancellation);
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
            $"insert into entries ({Columns}) values ($ws, $client, $reading, $id, $kind, $number, $date, $booked, $amount, $counted, $net, $vat, $outstanding, $paid, 0, $file, $line, 0)";
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
        var (file, line) = (Named("$file"), Named("$line"));
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
            select $1, e.client_id, e.reading, e.id, e.kind, e.number, e.date, e.booked_on, e.amount, e.counted, e.net, e.vat,
              e.outstanding, e.paid_on, false, e.file_id, e.line, 0
            from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
              as e (client_id, reading, id, kind, number, date, booked_on, amount, counted, net, vat, outstanding, paid_on, file_id, line)
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
        Add(NpgsqlDbType.Bigint, e => e.Amount);
        Add(NpgsqlDbType.Bigint, e => e.Counted);
        Add(NpgsqlDbType.Bigint, e => e.Net);
        Add(NpgsqlDbType.Bigint, e => e.Vat);
        Add(NpgsqlDbType.Bigint, e => e.Outstanding);
        Add(NpgsqlDbType.Date, e => e.PaidOn);
        Add(NpgsqlDbType.Uuid, e => e.File);
        Add(NpgsqlDbType.Integer, e => e.Line);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
