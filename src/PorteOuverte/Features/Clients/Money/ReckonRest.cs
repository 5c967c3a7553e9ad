using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Features.Clients.Money;

/// <summary>Reckons the figures of all clients, once an entry has moved the day they are reckoned for.</summary>
public sealed class ReckonRest(ReckonFiguresHandler figures) : Job
{
    public const string Name = "reckon-figures";

    public override Task Do(JobRun run, JobProgress progress, CancellationToken stop) =>
        figures.Handle(clients: null, stop);
}
