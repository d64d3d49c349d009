using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Keys;
using SafeHarbor.Intake.Supplements;

namespace SafeHarbor.Intake.Disclosure;

/// <summary>A supplement whose details are open.</summary>
internal sealed record OpenedSupplement(Supplement Row, SupplementDetails Details)
{
    /// <summary>An address or a city at which the child is to be met; null when it says none.</summary>
    public DisclosedPlace? MeetingPoint => Row.Tells.Contains(SupplementFacts.MeetingPoint) ? new(Details.PresentLocation?.Address, Details.PresentLocation?.City) : null;

    /// <summary>Those whose keys are there, in their order.</summary>
    public static IReadOnlyList<OpenedSupplement> Of(IEnumerable<Supplement> supplements, OpenedKeys keys) =>
    [
        .. from supplement in supplements
           let key = keys.Find(supplement.KeyId)
           where key is not null
           select new OpenedSupplement(supplement, SealedJson.Open<SupplementDetails>(supplement.Details, supplement.SupplementId, key)),
    ];

    /// <summary>Whether it says anything that the tier reads.</summary>
    public bool IsFor(string tier) => tier switch
    {
        Tiers.County => true,
        Tiers.Desk => Row.Tells.Contains(SupplementFacts.PresentLocation) || Details.Officer?.Phone is not null,
        _ => Row.Tells.Any(SupplementFacts.ForWhoeverMeetsTheChild.Contains),
    };
}

/// <summary>What the agency has added to the report. Null is not told, or not for the caller.</summary>
/// <param name="SupplementId">The supplement.</param>
/// <param name="Sequence">Its number in the report, from 1.</param>
/// <param name="MadeAt">When it was received.</param>
/// <param name="LearnedAt">When the agency learned of it.</param>
/// <param name="CalledName">The child's first name, or alias.</param>
/// <param name="MeetingPoint">Where the child is to be met.</param>
/// <param name="Safety">What whoever meets the child must know.</param>
/// <param name="PresentLocation">Where the child is now; for counties and the desk.</param>
/// <param name="ImmediateDanger">The child is in danger; for counties.</param>
/// <param name="Child">What is told of the child; for counties.</param>
/// <param name="Guardians">Parents and guardians; for counties.</param>
/// <param name="Suspects">Who may have harmed the child; for counties.</param>
/// <param name="Narrative">What the officer has to say further; for counties.</param>
/// <param name="Officer">The identity of the officer who added it: a right of its own (PC 11167(d)). The desk has the telephone number alone.</param>
public sealed record DisclosedSupplement(Guid SupplementId, int Sequence, DateTimeOffset MadeAt, DateTimeOffset? LearnedAt, string? CalledName = null, DisclosedPlace? MeetingPoint = null,
    DisclosedSafety? Safety = null, Place? PresentLocation = null, bool? ImmediateDanger = null, SupplementedDetails? Child = null, IReadOnlyList<Guardian>? Guardians = null,
    IReadOnlyList<Suspect>? Suspects = null, string? Narrative = null, Officer? Officer = null)
{
    internal static DisclosedSupplement Of(OpenedSupplement opened, string tier, bool withReporter)
    {
        var (row, details) = (opened.Row, opened.Details);
        var told = new DisclosedSupplement(row.SupplementId, row.Sequence, row.MadeAt, row.LearnedAt);
        if (tier == Tiers.Desk)
            return told with { PresentLocation = details.PresentLocation, Officer = details.Officer is { Phone: { } phone } ? new(null, null, phone) : null };
        told = told with
        {
            CalledName = details.Child.Name?.Given ?? details.Child.Alias,
            MeetingPoint = opened.MeetingPoint,
            Safety = new(row.Child?.GuardianUnsafe, details.Child.MedicalAlerts, null),
        };
        return tier != Tiers.County ? told : told with
        {
            Safety = told.Safety! with { Notes = details.Child.SafetyNotes },
            PresentLocation = details.PresentLocation,
            ImmediateDanger = row.ImmediateDanger,
            Child = new(details.Child.Name, details.Child.Alias, details.Child.DateOfBirth, details.Child.ApproximateAge, details.Child.Tribe, row.Child, details.Child.Particulars),
            Guardians = details.Guardians,
            Suspects = details.Suspects,
            Narrative = details.Narrative,
            Officer = withReporter ? details.Officer : null,
        };
    }
}

/// <summary>What is told of a child later. Null is not told.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Alias">Another name that it goes by.</param>
/// <param name="DateOfBirth">Its date of birth.</param>
/// <param name="ApproximateAge">Its age in whole years, as the officer judges it.</param>
/// <param name="Tribe">Its tribe, in words.</param>
/// <param name="Coded">The coded facts.</param>
/// <param name="Particulars">What the written report asks for besides, and what was done for it.</param>
public sealed record SupplementedDetails(PersonName? Name, string? Alias, DateOnly? DateOfBirth, int? ApproximateAge, string? Tribe, SupplementedChild? Coded, ChildParticulars? Particulars);
