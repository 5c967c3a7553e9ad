namespace PorteOuverte.Features.Clients.Money;

/// <summary>Days in few bytes: the first by its number, each of the others by the days since the one before.</summary>
public static class DayList
{
    /// <param name="days">In any order, by <see cref="DateOnly.DayNumber"/>; two of one day are one.</param>
    public static byte[] Pack(IEnumerable<int> days)
    {
        using var packed = new MemoryStream();
        using var writer = new BinaryWriter(packed);
        var before = 0;
        foreach (var day in days.Distinct().Order())
        {
            writer.Write7BitEncodedInt(day - before);
            before = day;
        }
        return packed.ToArray();
    }

    /// <summary>Adds the days in order.</summary>
    public static void Unpack(byte[] packed, ICollection<int> days)
    {
        ArgumentNullException.ThrowIfNull(packed);
        ArgumentNullException.ThrowIfNull(days);
        var (day, part, shift) = (0, 0, 0);
        foreach (var next in packed)
        {
            part |= (next & 0x7F) << shift;
            shift += 7;
            if (next < 0x80)
            {
                day += part;
                days.Add(day);
                (part, shift) = (0, 0);
            }
        }
    }
}
