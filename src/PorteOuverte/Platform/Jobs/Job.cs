using System.Globalization;
using PorteOuverte.Kernel;
using Quartz;

namespace PorteOuverte.Platform.Jobs;

/// <summary>A piece of work of one workspace, done in the background by any node.</summary>
/// <remarks>
/// A job may be stopped at any line and begun again, here or elsewhere. What it changes through the scope's AppDb and does not save
/// itself is saved together with the end of its run: once. A long job saves as it goes, with <see cref="JobRun.Checkpoint"/> in the
/// same save, and continues from there.
/// </remarks>
public abstract class Job
{
    public abstract Task Do(JobRun run, JobProgress progress, CancellationToken stop);
}

/// <param name="Name">Kept in the database, and the key of its texts: <c>prune-runs</c>.</param>
/// <param name="Texts">Where its title stands, as <c>job_prune-runs</c>.</param>
/// <param name="Cron">When it begins by itself in every workspace, in UTC; null: only when somebody asks.</param>
public sealed record JobKind(string Name, Type Type, Type Texts, string? Cron)
{
    /// <summary>What begins it by itself.</summary>
    public TriggerKey Trigger => new(Name, BeginErrand.Name);

    public string Title(CultureInfo culture) => new Texts(Texts, culture)[$"job_{Name}"];
}
