using System.Globalization;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Shortfalls;

/// <summary>
/// What a person reads of a shortfall. They name counties and never quote what was sent. A report that was not sent yet is changed; of one that is kept nothing
/// changes any more, so the step is the telephone.
/// </summary>
internal sealed partial class ShortfallTexts(State state, ReportedFacts facts, Progress progress)
{
    private ReportedPlace Place => facts.Deciding;

    private string Member => facts.At[1..];

    private bool IsKept => progress.EncounterId is not null;

    /// <summary>An organization's name.</summary>
    public static string NameOf(Organization organization, State state) => state.Counties.FirstOrDefault(county => county.Organization == organization) is { } county
        ? NameOf(county) : organization == state.Organization ? $"State of {state.Name}" : organization.Text;

    public string NoCoordinates(ExpectedCounty expected) => Sentences("There are no coordinates.", Understood("city", Place.Place.City), Understood("ZIP code", Place.Place.Zip),
        Place.Place is { City: null, Zip: null } && Place.Named is null ? "Neither a county, nor a city, nor a ZIP code was given." : null,
        Decision(expected), IsKept ? TellPlace : $"Add {Member}.latitude and {Member}.longitude before you send it; without them, city and ZIP code.");

    public string NotInState(ExpectedCounty expected) => Sentences($"The coordinates are not in {state.Name}.", Mistake(), Decision(expected),
        IsKept ? TellPlace : $"Correct {Member}.latitude and {Member}.longitude before you send it. When the child is in another state, call that state's hotline: nobody there is told by this system.");

    public string CountyUncertain(ExpectedCounty expected) => Sentences(
        "The coordinates are too vague, or contradict the county that the report names, or lie at the state's edge.", Decision(expected), TellPlace);

    public string NeighborNotTold(IReadOnlyList<OuterLine> lines) => Sentences(
        $"{string.Join(" and ", lines.Select(line => $"{state.OuterLines.NameOf(line.Neighbor)} begins {line.DistanceMeters} m from the place"))}, and nobody there is told by this system.",
        "When the child is there, lives there or was brought from there, call whoever is responsible there yourself, and say so when you call the county's hotline. The county that responds and the statewide desk see the same.");

    public string InstantImplausible() => Sentences(Implausible("The instant"), IsKept ? TellTime : "Correct it before you send it, or leave it out.");

    public static string InstantOfSupplementImplausible(int sequence) => Sentences(Implausible($"The learnedAt of supplement {sequence}"), TellTime);

    private static string Implausible(string what) => $"{what} is more than {PlausibleInstant.ClockSkew.Minutes} minutes in the future, or more than {PlausibleInstant.Years} years ago: the sender's clock or the offset "
        + "from UTC may be wrong. It is kept as it was sent, and nothing is counted from it.";

    private const string TellTime = "Say the right time when you call the county's hotline.";

    public string CustodyWithoutGrounds() => Sentences($"The child is in protective custody, and no ground of it was given ({Citations(RuleUses.Custody)}).",
        IsKept ? "Tell the county on which ground, when you call its hotline: it decides by it whether the child stays." : "Add custody.grounds before you send it.");

    public string NoMeetingPoint() => Sentences("No address was given. A provider that accepts a need is told address and city as the place to meet the child, and no coordinates.",
        IsKept ? "Add it with POST /v1/reports/{reportId}/supplements, as presentLocation, or tell the county where the child can be met, when you call its hotline." : $"Add {facts.MeetingAt[1..]}.address before you send it.");

    public string TelephoneReportOwed(ShortfallCall? call, ExpectedCounty expected) => Sentences(
        $"The telephone report is owed ({Citations(RuleUses.TelephoneReport)}): this electronic one does not replace it.",
        call is null ? "No county is likelier than others yet: call the hotline of the county where the child is, now."
            : call.Phone is { } phone ? $"Call the hotline of {call.Name} now: {phone}{Checked(call.VerifiedAt)}."
            : $"Call the hotline of {call.Name} now; its number is not known here.",
        progress.IsRouted || !IsUncertain(expected) || call is null ? null : "That county is only likely to respond; when you know that the child is in another, call that one's.",
        progress.IsRetracted ? "Say that your agency has taken the report back, and why: the county has it, and decides." : null,
        progress.EncounterId is { } id ? $"Then record the call with PUT /v1/encounters/{id}/telephone-report." : "Give the call as telephoneReport, or record it when the report has been sent.");

    public static string NeedWithoutProvider(string type) =>
        $"No provider is left to ask for {type}. The responding county was told and is told again until somebody has it. When you call its hotline, ask who sees to it until then.";

    public static string NobodyToAsk(string type, County county) => Sentences(
        $"Nobody can be asked for {type} now: no provider that the directory lists does it for {NameOf(county)} today and has a place.",
        "When that county responds it is told, again and again, until somebody has it; when another responds, its providers are asked.",
        "When you call its hotline, ask who sees to it until then.");

    private const string TellPlace = "What was sent does not change any more: tell the county's hotline where the child is, when you call it.";

    private string? Mistake() => Place.Point is var (north, east) ? SuspectedMistake.Of(north, east, state.Bounds)?.Text : null;

    private string Decision(ExpectedCounty expected)
    {
        var likely = progress.Told is [var told, ..] ? NameOf(told.Organization, state) : expected.County is { } county ? NameOf(county) : null;
        return (likely, IsUncertain(expected)) switch
        {
            (null, _) => "A person at the statewide desk decides which county responds; none is told before.",
            (_, true) => $"{likely} is told as the likely one, and a person at the statewide desk decides which county responds.",
            _ => $"{likely} responds.",
        };
    }

    private bool IsUncertain(ExpectedCounty expected) => expected.PersonDecides || progress.Undetermined is not null;

    private string? Understood(string what, IReadOnlyList<CountyFips>? counties) => counties switch
    {
        null => null,
        [] => $"The {what} is not known here{(IsKept ? "." : ": look how it is written.")}",
        _ => $"The {what} is understood as one in {string.Join(" or ", counties.Select(fips => state.County(fips)).OfType<County>().Select(NameOf))}.",
    };

    private static string NameOf(County county) => $"{county.Name} County";

    private static string Checked(DateOnly? day) => day is { } on ? $" (checked {on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)})" : "";

    private string Citations(string use) => string.Join(", ", state.Law.For(use).Select(rule => rule.Citation));

    private static string Sentences(params string?[] sentences) => string.Join(' ', sentences.OfType<string>());
}
