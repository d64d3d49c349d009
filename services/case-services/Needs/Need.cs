using SafeHarbor.CaseServices.Providers;
using SafeHarbor.CaseServices.Referrals;
using SafeHarbor.Contracts.CaseServices;

namespace SafeHarbor.CaseServices.Needs;

/// <summary>One need of a child on its way to a provider: the state of its saga, and what counties and providers read of it.</summary>
public sealed class Need : ITimedSaga
{
    /// <summary>The need's id, given out by intake.</summary>
    public Guid CorrelationId { get; set; }
    public string CurrentState { get; set; } = "";
    /// <inheritdoc/>
    public DateTimeOffset StateSince { get; set; }
    public Guid EncounterId { get; set; }
    public Guid ReportId { get; set; }
    public string Type { get; set; } = "";
    /// <summary>Who responds to the report, and is told of the need.</summary>
    public Organization Responder { get; set; } = null!;
    public bool Emergency { get; set; }
    public string Urgency { get; set; } = "";
    public string AgeBand { get; set; } = "";
    public string Gender { get; set; } = "";
    public IReadOnlyList<string> Languages { get; set; } = [];
    public bool GuardianUnsafe { get; set; }
    /// <summary>When intake received the report.</summary>
    public DateTimeOffset ReportedAt { get; set; }
    public DateTimeOffset OpenedAt { get; set; }
    /// <summary>Providers that were asked, in that order, each once; who is asked again comes last.</summary>
    public IReadOnlyList<AskedProvider> Asked { get; set; } = [];
    /// <summary>The current offer; after an acceptance the accepted one.</summary>
    public Guid? OfferId { get; set; }
    /// <summary>Whom the current offer was made to.</summary>
    public string? OfferedTo { get; set; }
    public DateTimeOffset? OfferedAt { get; set; }
    public DateTimeOffset? OfferExpiresAt { get; set; }
    /// <summary>The state was told of it, because the county could not be; from then on the state reads it.</summary>
    public bool StateTold { get; set; }
    /// <summary>The provider that accepted.</summary>
    public string? AcceptedBy { get; set; }
    /// <summary>When that provider should have had first contact.</summary>
    public DateTimeOffset? ContactBy { get; set; }
    /// <summary>
    /// When what is waited for is due: the answer to the offer, then first contact; since when nobody is left to ask, because the county has to do something at
    /// once. Null when nothing is due here: the county's acceptance is its handoff's.
    /// </summary>
    public DateTimeOffset? DueAt
    {
        get => CurrentState switch
        {
            nameof(NeedMachine.Offered) => OfferExpiresAt,
            nameof(NeedMachine.Accepted) => ContactBy,
            nameof(NeedMachine.Unfilled) => StateSince,
            _ => null,
        };
        // It follows from the rest, also when a row is read.
        private set { }
    }
    /// <summary>Until when that provider may read; null when it may not.</summary>
    public DateTimeOffset? ReadsUntil { get; set; }
    /// <summary>How often the county has renewed that.</summary>
    public int Renewals { get; set; }
    /// <summary>The timer that will remind the county, while there is one: in Accepted and Unfilled.</summary>
    public Guid? Reminder { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
    /// <summary>When the agency took the report back; null while it has not. Nothing ends by it.</summary>
    public DateTimeOffset? RetractedAt { get; set; }

    /// <summary>The responder's county.</summary>
    public CountyFips CountyFips => Responder.CountyFips!;

    public SoughtService Sought => new(Type, CountyFips, AgeBand, Gender, Languages, Emergency);

    /// <summary>What the agency has added in codes is known from now on.</summary>
    public void Supplement(SupplementNeed added)
    {
        AgeBand = added.Child?.AgeBand ?? AgeBand;
        Gender = added.Child?.Gender ?? Gender;
        Languages = added.Child?.Languages ?? Languages;
        GuardianUnsafe = added.Child?.GuardianUnsafe ?? GuardianUnsafe;
        if (added.ImmediateDanger)
            Urgency = Urgencies.Immediate;
    }

    public void Begin(NeedOpened facts)
    {
        EncounterId = facts.EncounterId;
        ReportId = facts.ReportId;
        Type = facts.Type;
        Responder = facts.Responder;
        Emergency = facts.Emergency;
        Urgency = facts.Urgency;
        AgeBand = facts.AgeBand;
        Gender = facts.Gender;
        Languages = facts.Languages;
        GuardianUnsafe = facts.GuardianUnsafe;
        ReportedAt = facts.ReportedAt;
        OpenedAt = facts.At;
        ChangedAt = facts.At;
    }
}
