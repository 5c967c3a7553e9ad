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

/// <param name="Address">Below the workspace's own: <c>settings/jobs</c>.</param>
/// <param name="Least">Who sees it.</param>
/// <param name="Order">From top to bottom; each ten begins a group.</param>
public sealed record MenuEntry(string Address, string Text, Role Least, int Order);
