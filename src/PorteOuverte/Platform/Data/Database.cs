using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data.Backup;

namespace PorteOuverte.Platform.Data;

/// <summary>Where the data is: a file in the data folder, or a PostgreSQL server.</summary>
/// <param name="Folder">The data folder: the file, its backups, the mails of the pickup folder.</param>
/// <param name="Connection">A connection string of PostgreSQL with the application's role, or null: SQLite.</param>
/// <param name="OwnerConnection">A connection string with the role that owns the tables: needed when the schema changes, to restore and to back up.</param>
public sealed record Database(string Folder, string? Connection, string? OwnerConnection)
{
    public static Database Of(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            Path.GetFullPath(settings["Data"] ?? "data"),
            Filled(settings["Database"]),
            Filled(settings["DatabaseOwner"])
        )
        {
            SchemaBackup = !string.Equals(settings["SchemaBackup"], "false", StringComparison.OrdinalIgnoreCase),
            PostgresPrograms = Filled(settings["PostgresPrograms"]),
        };
    }

    /// <summary>Whether data is copied before its schema changes; off where the host makes backups of its own.</summary>
    public bool SchemaBackup { get; init; } = true;

    /// <summary>The folder of pg_dump, pg_restore and psql; null: wherever the system finds them.</summary>
    public string? PostgresPrograms { get; init; }

    public bool IsSqlite => Connection is null;

    /// <summary>The file of SQLite.</summary>
    public string File => Path.Combine(Folder, "porte.db");

    /// <summary>Where copies go when nobody says where.</summary>
    public string BackupFolder => Path.Combine(Folder, "backups");

    /// <summary>How the data is named to a person: the file, or the database and its server.</summary>
    public string Place => Connection is null ? File : $"{Postgres(Connection).Database}@{Postgres(Connection).Host}";

    /// <summary>For libraries that open their own connections.</summary>
    public string ConnectionString => Connection ?? SqliteConnection(File);

    public static string SqliteConnection(string file, bool pooling = true) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = file,
            ForeignKeys = true,
            Pooling = pooling,
            // The lock of another writer is waited for, by the database itself (see SqliteSession).
            DefaultTimeout = 30,
        }.ToString();

    /// <summary>An open connection of the one who may change the schema.</summary>
    /// <exception cref="Refusal">It cannot be opened, with the reason and what to do.</exception>
    public async Task<DbConnection> OpenOwner(CancellationToken cancellation)
    {
        DbConnection? connection = null;
        try
        {
            connection = IsSqlite
                ? new SqliteConnection(SqliteConnection(File, pooling: false))
                : new NpgsqlConnection(OwnerConnection ?? Connection);
            await connection.OpenAsync(cancellation);
            if (IsSqlite)
            {
                // SQLite opens any file; whether it is one of its own shows when it is read.
                await using var read = connection.CreateCommand();
                read.CommandText = "pragma schema_version";
                await read.ExecuteScalarAsync(cancellation);
            }
            return connection;
        }
        catch (Exception e)
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }
            if (WhyClosed(e) is { } refusal)
            {
                throw refusal;
            }
            throw;
        }
    }

    /// <summary>What kept the data closed, as a sentence that says what to do; null: a defect of ours.</summary>
    internal Refusal? WhyClosed(Exception error) =>
        error switch
        {
            ArgumentException => new(DataText.Current["connectionUnread"]),
            NpgsqlException => new(DataText.Current.Format("serverUnreached", error.Message.TrimEnd('.'))),
            SqliteException { SqliteErrorCode: 26 } => new(DataText.Current.Format("fileForeign", File)),
            SqliteException { SqliteErrorCode: 8 or 14 } or IOException or UnauthorizedAccessException => new(
                DataText.Current.Format("folderClosed", Folder)
            ),
            _ => null,
        };

    private static NpgsqlConnectionStringBuilder Postgres(string connection) => new(connection);

    private static string? Filled(string? setting) => string.IsNullOrWhiteSpace(setting) ? null : setting;
}

/// <summary>What the room brings to the services.</summary>
public static class DataServices
{
    public static IServiceCollection AddData(this IServiceCollection services, Database database)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(database);
        services.AddSingleton(database);
        services.AddSingleton<Schema>();
        services.AddSingleton<Backups>();
        services.AddScoped<CurrentWorkspace>();
        services.AddScoped<InTurn>();
        if (!database.IsSqlite)
        {
            services.AddSingleton(_ => NpgsqlDataSource.Create(database.Connection!));
        }
        services.AddDbContext<AppDb>(
            (provider, options) =>
            {
                _ = database.IsSqlite
                    ? options.UseSqlite(database.ConnectionString).AddInterceptors(new SqliteSession())
                    : options
                        .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
                        .AddInterceptors(new PostgresSession(provider.GetRequiredService<CurrentWorkspace>()));
                options.AddInterceptors(provider.GetServices<IInterceptor>());
                // Every save has its transaction already (AppDb): none within it.
                options.ConfigureWarnings(w => w.Ignore(RelationalEventId.MultipleCollectionIncludeWarning));
            }
        );
        return services;
    }
}
