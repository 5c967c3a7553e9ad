using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Jobs;

public enum JobState
{
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,
}

/// <summary>One time a job is done: asked for, running, ended. The row is the truth; the scheduler only knocks.</summary>
public sealed class JobRun
{
    public const int MostAttempts = 5;

    public Id<JobRun> Id { get; init; } = Id<JobRun>.New();

    public required string Job { get; init; }

    /// <summary>What it was asked to do, as the job reads it.</summary>
    public string? Argument { get; init; }

    /// <summary>Why it exists, once: the hour of a recurring job, or nothing in particular. No second run of the same occasion.</summary>
    public required string Occasion { get; init; }

    public JobState State { get; private set; } = JobState.Queued;

    public int Attempts { get; private set; }

    /// <summary>How far it has come, out of <see cref="Total"/>; written as it goes by <see cref="JobProgress"/>.</summary>
    public long Position { get; private set; }

    public long Total { get; private set; }

    /// <summary>Where to continue, in the job's own words.</summary>
    public string? Checkpoint { get; set; }

    /// <summary>What came of it, in a sentence.</summary>
    public string? Outcome { get; set; }

    public string? Error { get; private set; }

    /// <summary>Somebody asked to stop; the job sees it at its next progress.</summary>
    public bool StopAsked { get; private set; }

    public string? Node { get; private set; }

    public required DateTime CreatedAt { get; init; }

    public DateTime? StartedAt { get; private set; }

    public DateTime? EndedAt { get; private set; }

    public long Version { get; private set; }

    public bool HasEnded => State is JobState.Done or JobState.Failed or JobState.Cancelled;

    public void Begin(string node, DateTime now)
    {
        State = JobState.Running;
        Attempts++;
        Node = node;
        StartedAt = now;
        Error = null;
    }

    public void Finish(DateTime now)
    {
        State = JobState.Done;
        EndedAt = now;
    }

    /// <summary>The process stops, or it failed and may try again: somebody else takes it up.</summary>
    public void PutBack(string? error = null)
    {
        State = JobState.Queued;
        Error = error;
    }

    public void Fail(string error, DateTime now)
    {
        State = JobState.Failed;
        Error = error;
        EndedAt = now;
    }

    public void Cancel(DateTime now)
    {
        State = JobState.Cancelled;
        EndedAt = now;
    }

    public void AskToStop() => StopAsked = true;

    /// <summary>Back to the beginning, by somebody's hand.</summary>
    public void TryAgain()
    {
        State = JobState.Queued;
        Attempts = 0;
        StopAsked = false;
        EndedAt = null;
    }
}
