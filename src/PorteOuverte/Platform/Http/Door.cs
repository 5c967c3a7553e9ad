using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Platform.Http;

/// <summary>A feature's door: all that the feature brings to the product. Pages bring themselves, by their address.</summary>
public abstract class Door
{
    /// <summary>Verbs of the command line.</summary>
    public virtual IEnumerable<Command> Verbs(CultureInfo culture) => [];

    public virtual void Services(IServiceCollection services, IConfiguration settings) { }

    /// <summary>Routes that are not pages.</summary>
    public virtual void Routes(IEndpointRouteBuilder routes) { }

    /// <summary>Entries of the menu, in a language.</summary>
    public virtual IEnumerable<MenuEntry> Menu(CultureInfo culture) => [];
}

/// <param name="Address">Below the workspace's own: <c>settings/jobs</c>; one that begins with a slash stands in no workspace.</param>
/// <param name="Least">Who sees it.</param>
/// <param name="Order">From top to bottom; each ten begins a group.</param>
/// <param name="Icon">One of Ui/assets/icons.txt.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Also">Addresses of other pages that belong to it: on them it is the one where one is.</param>
public sealed record MenuEntry(
    string Address,
    string Text,
    Role Least,
    int Order,
    string Icon,
    MenuPlace Place = MenuPlace.Side,
    IReadOnlyList<string>? Also = null
);

public enum MenuPlace
{
    /// <summary>The menu of the workspace; on a phone the first four stand in the bar at the bottom.</summary>
    Side,

    /// <summary>Behind the name of the person.</summary>
    Person,

    /// <summary>In no menu, found with Ctrl+K: a page below another, or something to create.</summary>
    Palette,
}
