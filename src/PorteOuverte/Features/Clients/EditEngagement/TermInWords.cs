using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients.EditEngagement;

/// <summary>How long an engagement lasts, and until when one can say no: in a sentence or two.</summary>
internal static class TermInWords
{
    public static string Of(Engagement engagement, DateOnly today)
    {
        var (texts, figures) = (EngagementsText.Current, EngagementsText.Current.Figures);
        if (engagement.TermAt(today) is not { } term)
        {
            return engagement.NoticeMonths is > 0 and var months
                ? texts.Format("openNotice", months)
                : texts["openEnded"];
        }
        var (end, notice) = (figures.Date(term.NoticeEnd), figures.Date(term.NoticeBefore));
        if (engagement.RenewalMonths is { } renewal)
        {
            return $"{Notice()} {texts.Format("goesOn", renewal)}";
        }
        if (term.End < today)
        {
            return texts.Format("endedOn", end);
        }
        return engagement.NoticeMonths is not > 0 ? texts.Format("endsOn", end)
            : term.NoticeBefore < today ? $"{texts.Format("endsOn", end)} {texts.Format("noticePast", notice)}"
            : Notice();

        string Notice() =>
            term.NoticeBefore == today ? texts["noticeToday"] : texts.Format("noticeBefore", notice, end);
    }

    /// <summary>Soon enough to be thought of.</summary>
    public static Level? Urgency(Engagement engagement, DateOnly today) =>
        engagement.NoticeBy is not { } by || by < today ? null
        : by <= today.AddDays(7) ? Level.Danger
        : by <= today.AddDays(30) ? Level.Watch
        : null;
}
