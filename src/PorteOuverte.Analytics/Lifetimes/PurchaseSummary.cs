using System.Globalization;
using System.Runtime.InteropServices;

namespace PorteOuverte.Analytics;

/// <summary>What the lifetime models know of a client: (x, t_x, T).</summary>
/// <param name="Repeats">x, purchases after the first; at most one a day counts.</param>
/// <param name="Last">t_x, time of the last of them since the first purchase; 0 when x = 0.</param>
/// <param name="Age">T, time observed since the first purchase, &gt; 0, in the same unit (weeks by custom).</param>
/// <param name="LogGaps">Σ ln of the x times between purchases; only comparing rhythms k needs it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PurchaseSummary(
    int Repeats,
    double Last,
    double Age,
    double LogGaps = 0
)
{
    /// <exception cref="ArgumentException">No client can have these numbers.</exception>
    internal void Check(string name = "client")
    {
        var wrong =
            Repeats < 0 ? "The number of repeat purchases is negative"
            : !(Age > 0 && double.IsFinite(Age)) ? "The time observed is not a positive number"
            : !(Last >= 0) ? "The time of the last purchase is negative or not a number"
            : Last > Age ? "The last purchase lies after the time observed"
            : Repeats > 0 && Last == 0 ? "Repeat purchases need a time after the first one"
            : Repeats == 0 && Last > 0 ? "A last repeat purchase is given but none is counted"
            : !double.IsFinite(LogGaps) ? "The sum of the logarithms of gaps is not a number"
            : null;
        if (wrong is not null)
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{wrong}: x = {Repeats}, t_x = {Last}, T = {Age}."
                ),
                name
            );
    }
}
