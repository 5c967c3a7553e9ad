namespace PorteOuverte.Analytics;

/// <summary>What the losses amount to, from the worst to the calmest.</summary>
public enum LossLevel
{
    /// <summary>p ≤ 0.01 in the scan, or p ≤ 0.05 together with a shared cause.</summary>
    Avalanche,

    /// <summary>A shared cause (q ≤ 0.05) without a cluster in time.</summary>
    CommonCause,

    /// <summary>p ≤ 0.10 in the scan, or an alarm of the CUSUM.</summary>
    Watch,

    /// <summary>None of these; never to be read as "proven isolated".</summary>
    NoSignOfClustering,
}

/// <summary>Why a verdict was reached.</summary>
public enum LossReasonKind
{
    /// <summary>A window holds more losses than chance explains.</summary>
    Cluster,

    /// <summary>The losses share a service, a manager, a reason, a site or a sector.</summary>
    SharedCause,

    /// <summary>The CUSUM of monthly counts stands above its threshold.</summary>
    CusumAlarm,

    /// <summary>Nothing stands out; <see cref="Detectability"/> says what would have.</summary>
    NothingDetected,
}

/// <summary>One reason, as data for a screen to phrase.</summary>
/// <param name="Kind">Which reason.</param>
/// <param name="Probability">p of the scan, q of the cause; null where there is none.</param>
/// <param name="Observed">Losses counted: in the window, at the level; the CUSUM's sum.</param>
/// <param name="Expected">Losses expected there by chance; the CUSUM's threshold.</param>
/// <param name="WindowDays">Days of the window where the scan found one; null for causes and the CUSUM.</param>
/// <param name="Cause">The shared cause, of that kind only.</param>
public sealed record LossReason(
    LossReasonKind Kind,
    double? Probability,
    double Observed,
    double Expected,
    int? WindowDays = null,
    CauseCount? Cause = null
);

/// <summary>The least number of recent losses that would have been noticed.</summary>
/// <param name="RecentDays">Days counted as recent.</param>
/// <param name="PastLosses">k₀, losses before them.</param>
/// <param name="AtFivePercent">Recent losses for p ≤ 0.05.</param>
/// <param name="AtOnePercent">Recent losses for p ≤ 0.01.</param>
public sealed record Detectability(
    int RecentDays,
    int PastLosses,
    int AtFivePercent,
    int AtOnePercent
);

/// <summary>The verdict on a portfolio's losses, with everything it rests on.</summary>
/// <param name="Level">What the losses amount to.</param>
/// <param name="Reasons">Why, the strongest first; never empty.</param>
/// <param name="Scan">The scan for a recent cluster.</param>
/// <param name="Causes">The causes tested, the most surprising first.</param>
/// <param name="Cusum">The CUSUM of monthly counts; null where none was run.</param>
/// <param name="Detectable">What could have been detected.</param>
public sealed record LossVerdict(
    LossLevel Level,
    IReadOnlyList<LossReason> Reasons,
    LossScan Scan,
    IReadOnlyList<SharedCause> Causes,
    PoissonCusum? Cusum,
    Detectability Detectable
);
