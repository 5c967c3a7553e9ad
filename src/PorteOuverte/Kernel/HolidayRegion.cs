namespace PorteOuverte.Kernel;

/// <summary>Where in France one works: each has holidays of its own.</summary>
public enum HolidayRegion
{
    Mainland,
    AlsaceMoselle,
    Guadeloupe,
    Martinique,
    Guyane,
    Reunion,
    Mayotte,
}
