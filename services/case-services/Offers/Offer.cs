using SafeHarbor.CaseServices.Needs;

namespace SafeHarbor.CaseServices.Offers;

/// <summary>What can become of an offer. All but <see cref="Offered"/> are final.</summary>
public static class OfferStates
{
    /// <summary>Waits for the provider's answer.</summary>
    public const string Offered = "OFFERED";
    /// <summary>The provider takes the need.</summary>
    public const string Accepted = "ACCEPTED";
    /// <summary>The provider does not take the need.</summary>
    public const string Declined = "DECLINED";
    /// <summary>The provider did not answer in time.</summary>
    public const string Expired = "EXPIRED";
    /// <summary>Taken back, because the provider could not be told of it or another one took the need.</summary>
    public const string Withdrawn = "WITHDRAWN";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = [Offered, Accepted, Declined, Expired, Withdrawn];
}

/// <summary>An offer as its provider reads it: tier T0, nothing that identifies the child. The need's saga decides; this row shows what it decided.</summary>
public sealed record Offer
{
    public Guid OfferId { get; init; }
    public Guid NeedId { get; init; }
    public Guid ReportId { get; init; }
    public string Provider { get; init; } = "";
    /// <summary>One of <see cref="OfferStates"/>.</summary>
    [CodeOf(typeof(OfferStates))]
    public string State { get; init; } = "";
    public string Type { get; init; } = "";
    public CountyFips CountyFips { get; init; } = null!;
    public string Urgency { get; init; } = "";
    public string AgeBand { get; init; } = "";
    public string Gender { get; init; } = "";
    public IReadOnlyList<string> Languages { get; init; } = [];
    public bool GuardianUnsafe { get; init; }
    public DateTimeOffset MadeAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    /// <summary>When the answer is due; null when none is waited for.</summary>
    public DateTimeOffset? DueAt
    {
        get => State == OfferStates.Offered ? ExpiresAt : null;
        // It follows from the rest, also when a row is read.
        private init { }
    }
    /// <summary>When it was answered, ran out or was taken back.</summary>
    public DateTimeOffset? SettledAt { get; init; }
    /// <summary>Why it was declined (<see cref="DeclineReasons"/>) or taken back (<see cref="WithdrawalReasons"/>).</summary>
    public string? Reason { get; init; }

    /// <summary>The current offer of a need.</summary>
    public static Offer Of(Need need) => new()
    {
        OfferId = need.OfferId!.Value,
        NeedId = need.CorrelationId,
        ReportId = need.ReportId,
        Provider = need.OfferedTo!,
        State = OfferStates.Offered,
        Type = need.Type,
        CountyFips = need.CountyFips,
        Urgency = need.Urgency,
        AgeBand = need.AgeBand,
        Gender = need.Gender,
        Languages = need.Languages,
        GuardianUnsafe = need.GuardianUnsafe,
        MadeAt = need.OfferedAt!.Value,
        ExpiresAt = need.OfferExpiresAt!.Value,
    };
}
