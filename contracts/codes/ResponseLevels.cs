namespace SafeHarbor.Contracts.Codes;

/// <summary>
/// How soon the responding county sees the child in person, as it has determined. A county's pack can have levels of its own between these, such as <c>FIVE_DAYS</c>.
/// </summary>
public static class ResponseLevels
{
    /// <summary>Immediately.</summary>
    public const string Immediate = "IMMEDIATE";
    /// <summary>Within ten calendar days.</summary>
    public const string TenDays = "TEN_DAYS";
    /// <summary>Not at all: the report is evaluated out, for a reason. Every county can determine it.</summary>
    public const string EvaluatedOut = "EVALUATED_OUT";
}
