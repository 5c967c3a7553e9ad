using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Settings.ListJobs;

/// <summary>Marks the texts of the page, in the resx pair beside it.</summary>
public sealed class ListJobsText
{
    private ListJobsText() { }

    internal static Texts Current => new(typeof(ListJobsText), CultureInfo.CurrentUICulture);
}
