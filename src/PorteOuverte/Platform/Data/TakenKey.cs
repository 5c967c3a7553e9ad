using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace PorteOuverte.Platform.Data;

public static class TakenKey
{
    // SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY.
    private const int Unique = 2067;
    private const int PrimaryKey = 1555;

    /// <summary>Whether a save failed because a row like it is there already: of two requests at once, the second.</summary>
    public static bool IsTaken(this DbUpdateException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.InnerException
            is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }
                or SqliteException { SqliteExtendedErrorCode: Unique or PrimaryKey };
    }
}
