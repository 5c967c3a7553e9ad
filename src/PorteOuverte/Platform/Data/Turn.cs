namespace PorteOuverte.Platform.Data;

/// <summary>What only one may do at a time; the numbers are locks of PostgreSQL.</summary>
public enum Turn : long
{
    FirstOwner = 7_230_451_101,
}
