using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Settings.EditWorkspace;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Demo;

namespace PorteOuverte.Features.Settings.Demo;

/// <summary>Where the agency is, and how it works.</summary>
internal sealed class TellWorkspace : ITellTheDemo
{
    // Valid by its key, and plainly made up.
    private const string Siren = "123456782";

    public IEnumerable<Scene> Tell(DemoStory story)
    {
        yield return new Scene(
            story.At(story.DaysInUse, 9, 8),
            async (services, stop) =>
            {
                var handler = services.GetRequiredService<EditWorkspaceHandler>();
                var workspace = await handler.Find(stop);
                (string?, string?) day = ("09:00", "18:00");
                await handler.Handle(
                    new EditWorkspace.EditWorkspace(
                        workspace.Name,
                        Siren,
                        "Agence Corvaine\n14 rue des Poulies\n49100 Angers",
                        "fr",
                        "Europe/Paris",
                        HolidayRegion.Mainland,
                        10,
                        20,
                        25,
                        30,
                        PaymentEndOfMonth: false,
                        [day, day, day, day, ("09:00", "17:00"), (null, null), (null, null)],
                        workspace.Version
                    ),
                    stop
                );
            }
        );
    }
}
