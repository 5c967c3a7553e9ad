using Microsoft.Data.Sqlite;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Data.Backup;
using PorteOuverte.Platform.Http;

namespace PorteOuverte.Tests.Support;

/// <summary>A data folder and an empty database, without a server; gone afterwards.</summary>
public sealed class EmptyData : IDisposable
{
    public EmptyData(string database, TimeProvider? clock = null)
    {
        Settings = House.Settings(database, Folder);
        Database = Database.Of(ServerSettings.Read(Settings));
        Clock = clock ?? TimeProvider.System;
        Schema = new Schema(Database, Clock);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("porte-data-").FullName;

    public Dictionary<string, string?> Settings { get; }

    public Database Database { get; init; }

    public Schema Schema { get; init; }

    public TimeProvider Clock { get; }

    public Backups Backups => new(Database, Schema, Clock);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}
