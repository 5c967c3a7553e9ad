namespace PorteOuverte.Platform.Data;

/// <summary>What only one may do at a time; the numbers are locks of PostgreSQL.</summary>
public enum Turn : long
{
    FirstOwner = 7_230_451_101,

    /// <summary>An owner may step back or be removed as long as another stays: of two at once, the second must see the first.</summary>
    LastOwner = 7_230_451_102,

    /// <summary>What is merged into a client is merged into nothing else: of two at once, the second must see the first.</summary>
    Merge = 7_230_451_103,

    /// <summary>A client has one main contact: of two that are made so at once, the second must see the first.</summary>
    MainContact = 7_230_451_104,

    /// <summary>The figures of a client are of all its entries: of two that are written at once, the second must see the first. Workspace by workspace.</summary>
    Figures = 7_230_451_105,

    /// <summary>A picture takes the place of an older one only, and of other looks one is made at a time. Workspace by workspace.</summary>
    Picture = 7_230_451_106,
}
