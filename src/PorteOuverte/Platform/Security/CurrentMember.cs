using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Security;

/// <summary>Who acts in this request, as far as it is known; in a job or a command, nobody.</summary>
public sealed class CurrentMember
{
    public Id<Person>? Person { get; private set; }

    /// <summary>Their name; null while nobody is known.</summary>
    public string? Name { get; private set; }

    /// <summary>The session the request belongs to.</summary>
    public Id<Session>? Session { get; private set; }

    /// <summary>The role in the workspace entered.</summary>
    public Role? Role { get; private set; }

    /// <summary>The address the request came from.</summary>
    public string? From { get; private set; }

    public void Identify(Id<Person>? person, string? from, Id<Session>? session = null)
    {
        Person = person;
        From = from;
        Session = session;
    }

    public void Take(Role role, string name)
    {
        Role = role;
        Name = name;
    }
}
