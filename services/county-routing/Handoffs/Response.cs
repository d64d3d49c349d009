namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>How soon the responding county sees the child in person, as it has determined.</summary>
public sealed record Response
{
    /// <summary>A level of its pack, or <see cref="ResponseLevels.EvaluatedOut"/>.</summary>
    public required string Level { get; init; }
    /// <summary>What the level rests on, by its id in the state's law register; null when the report was evaluated out.</summary>
    public string? Law { get; init; }
    /// <summary>Why; null when nobody said. Never null when the report was evaluated out.</summary>
    [CodeOf(typeof(ResponseReasons))]
    public string? Reason { get; init; }
    /// <summary>When that was determined.</summary>
    public required DateTimeOffset DeterminedAt { get; init; }
    /// <summary>Until when the county is to have seen the child; null when the report was evaluated out.</summary>
    public DateTimeOffset? InPersonBy { get; init; }
    /// <summary>When it has, as it says; null until then.</summary>
    public DateTimeOffset? InPersonAt { get; init; }
}

/// <summary>A later response that waits for a second person.</summary>
/// <param name="Level">A level of the county's pack, or <see cref="ResponseLevels.EvaluatedOut"/>.</param>
/// <param name="Reason">Why; null when nobody said.</param>
/// <param name="ProposedAt">When somebody proposed it.</param>
/// <param name="By">Subject of the token of who did.</param>
public sealed record ProposedResponse(string Level, [CodeOf(typeof(ResponseReasons))] string? Reason, DateTimeOffset ProposedAt, string By);

/// <summary>What the county where the child lives was told: the county that responds does so later.</summary>
/// <param name="By">Who responds, such as <c>county:06037</c>.</param>
/// <param name="Level">How soon it sees the child now: <c>TEN_DAYS</c>, a level of its own, or <c>EVALUATED_OUT</c>.</param>
/// <param name="At">When it determined that.</param>
public sealed record DowngradedResponse(Organization By, string Level, DateTimeOffset At);
