using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Jobs;

/// <summary>Where features ask for background work.</summary>
public sealed class JobQueue(AppDb db, Wakeups wakeups, TimeProvider clock, IEnumerable<JobKind> kinds)
{
    /// <summary>Asks for a job; it begins once the caller's change is saved, and only then.</summary>
    /// <param name="occasion">Asking twice for the same occasion is refused by the database; null: an occasion of its own.</param>
    /// <param name="at">Not before; null: at once.</param>
    public Id<JobRun> Ask<TJob>(string? argument = null, string? occasion = null, DateTime? at = null)
        where TJob : Job => Ask(kinds.Single(k => k.Type == typeof(TJob)), argument, occasion, at);

    public Id<JobRun> Ask(JobKind kind, string? argument = null, string? occasion = null, DateTime? at = null)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var now = clock.GetUtcNow().UtcDateTime;
        var id = Id<JobRun>.New();
        db.Add(
            new JobRun
            {
                Id = id,
                Job = kind.Name,
                Argument = argument,
                Occasion = occasion ?? id.ToString(),
                CreatedAt = now,
            }
        );
        wakeups.At(RunErrand.Name, id.ToString(), at ?? now);
        return id;
    }

    /// <summary>Stops a run: at once when nobody has begun it, else when its job next looks.</summary>
    public void Stop(JobRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.State == JobState.Queued)
        {
            run.Cancel(clock.GetUtcNow().UtcDateTime);
        }
        else
        {
            run.AskToStop();
        }
    }

    /// <summary>Takes up a run that ended without success.</summary>
    public void TryAgain(JobRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        run.TryAgain();
        wakeups.At(RunErrand.Name, run.Id.ToString(), clock.GetUtcNow().UtcDateTime);
    }
}
