using System.Text.Json.Serialization;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>How the dates of a column are written. What needs no choice (a year in front, a month by its name) is read under each.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DateForm>))]
public enum DateForm
{
    /// <summary>The day before the month: <c>31/01/2025</c>.</summary>
    DayFirst,

    /// <summary>The month before the day: <c>01/31/2025</c>.</summary>
    MonthFirst,

    /// <summary>The year in front, or all eight digits: <c>2025-01-31</c>, <c>20250131</c>.</summary>
    YearFirst,

    /// <summary>The month by its French or English name: <c>31 janv. 2025</c>, <c>January 31, 2025</c>.</summary>
    MonthNamed,

    /// <summary>Days counted as a workbook does, from 1900: <c>45688</c>.</summary>
    Serial1900,

    /// <summary>Days counted as an old Mac's workbook does, from 1904: <c>44226</c>.</summary>
    Serial1904,
}
