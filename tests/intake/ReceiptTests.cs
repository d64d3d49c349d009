using System.Globalization;
using System.Text.Json.Nodes;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.CaseServices;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Disclosure;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Receipts;
using SafeHarbor.Intake.Shortfalls;
using SafeHarbor.Intake.Timeline;
using SafeHarbor.ServiceDefaults.States;
using SafeHarbor.TestServers;

namespace SafeHarbor.Intake.Tests;

/// <summary>The receipt as a table: a timeline in, states out, whatever order the events came in.</summary>
public sealed class ReceiptTests
{
    private static readonly Guid EncounterId = Guid.NewGuid(), ReportId = Guid.NewGuid(), HandoffId = Guid.NewGuid(), AttorneyId = Guid.NewGuid(), NeedId = Guid.NewGuid();
    private static readonly Guid NextId = Guid.NewGuid();
    private static readonly Organization LosAngeles = Organization.Parse("county:06037"), Orange = Organization.Parse("county:06059");
    private static readonly ReferralHop Hop = new(LosAngeles, Orange, ReferralReasons.LivesThere, At(20));
    private static readonly Guid First = Guid.NewGuid(), Second = Guid.NewGuid();
    private static readonly ReportedChild Child = new() { ReportId = ReportId, ReportedAt = At(0), Child = 1, AgeBand = AgeBands.Unknown, Gender = Genders.Unknown };

    private static readonly LawRegister Law = TestStates.California.Law;
    private static readonly ShortfallRules Shortfalls = new(TestStates.California, new(TestStates.California), new(TestStates.California), TimeProvider.System);

    private static DateTimeOffset At(int minute) => new(2026, 11, 21, 8, minute, 0, TimeSpan.Zero);

    private static TimelineEntry Entry<T>(T message) where T : class, IEncounterEvent => TimelineEntry.Of(Guid.NewGuid(), message);

    private static readonly Dictionary<string, Func<TimelineEntry>> Events = new()
    {
        ["reported"] = () => Entry(new EncounterReported { EncounterId = EncounterId, At = At(0), AgencyOri = "CA0190000", Urgency = Urgencies.Prompt, Reports = [Child] }),
        ["undetermined"] = () => Entry(new JurisdictionUndetermined { EncounterId = EncounterId, At = At(1), DeskItemId = Guid.NewGuid(), Reason = "NO_LOCATION", Urgency = Urgencies.Prompt, Reports = [Child] }),
        ["opened"] = () => Entry(Opened(Role.Responder, HandoffId)),
        ["guess"] = () => Entry(Opened(Role.Responder, HandoffId) with { Basis = Bases.ReportingAgency, Confidence = Confidences.Low }),
        ["confirmed"] = () => Entry(new HandoffConfirmed { EncounterId = EncounterId, At = At(4), ReportId = ReportId, HandoffId = HandoffId, Organization = Organization.Parse("county:06037"), Child = Child, Urgency = Urgencies.Prompt, Rule = "the desk" }),
        ["given-away"] = () => Entry(new HandoffWithdrawn { EncounterId = EncounterId, At = At(3), ReportId = ReportId, HandoffId = HandoffId, Organization = Organization.Parse("county:06037") }),
        ["kept"] = () => Entry(new HandoffWithdrawn { EncounterId = EncounterId, At = At(5), ReportId = ReportId, HandoffId = HandoffId, Organization = Organization.Parse("county:06037"), RemainsAs = Role.Dependency, Rule = "the court" }),
        ["referring"] = () => Entry(new HandoffReferredOn { EncounterId = EncounterId, At = At(20), ReportId = ReportId, HandoffId = HandoffId, Organization = LosAngeles, Hops = [Hop], Child = Child, Urgency = Urgencies.Prompt }),
        ["referring-lives-here"] = () => Entry(new HandoffReferredOn { EncounterId = EncounterId, At = At(20), ReportId = ReportId, HandoffId = HandoffId, Organization = LosAngeles, Hops = [Hop], RemainsAs = Role.Residence, Rule = "lives here", Child = Child, Urgency = Urgencies.Prompt }),
        ["next"] = () => Entry(Opened(Role.Responder, NextId) with { At = At(21), Organization = Orange, OrganizationName = "Orange", Basis = Bases.Referral, Referral = new() { HandoffId = HandoffId, Hops = [Hop] } }),
        ["next-lives-there"] = () => Entry(Opened(Role.Residence, NextId) with { Organization = Orange, OrganizationName = "Orange" }),
        ["next-accepted"] = () => Entry(new HandoffAccepted { EncounterId = EncounterId, At = At(22), ReportId = ReportId, HandoffId = NextId, Organization = Orange, Role = Role.Responder, Child = Child, Urgency = Urgencies.Prompt, Referral = new() { HandoffId = HandoffId, Hops = [Hop] } }),
        ["taken-over"] = () => Entry(new HandoffTakenOver { EncounterId = EncounterId, At = At(22), ReportId = ReportId, HandoffId = HandoffId, Organization = LosAngeles, By = Orange, ReferredAt = At(21), ByHandoffId = NextId }),
        ["keeps"] = () => Entry(new HandoffConfirmed { EncounterId = EncounterId, At = At(23), ReportId = ReportId, HandoffId = HandoffId, Organization = LosAngeles, Child = Child, Urgency = Urgencies.Prompt, Rule = "the desk", Keeps = true }),
        ["attorney"] = () => Entry(Attorney(At(4))),
        ["attorney-accepted"] = () => Entry(new HandoffAccepted { EncounterId = EncounterId, At = At(5), ReportId = ReportId, HandoffId = AttorneyId, Organization = Organization.Parse("da:06037"), Role = Role.DistrictAttorney, Child = Child, Urgency = Urgencies.Prompt }),
        ["attorney-withdrawn"] = () => Entry(new HandoffWithdrawn { EncounterId = EncounterId, At = At(6), ReportId = ReportId, HandoffId = AttorneyId, Organization = Organization.Parse("da:06037"), Role = Role.DistrictAttorney }),
        ["attorney-again"] = () => Entry(Attorney(At(7))),
        ["courtesy"] = () => Entry(Opened(Role.Courtesy, Guid.NewGuid())),
        ["notified"] = () => Entry(new NoticeDelivered { EncounterId = EncounterId, At = At(3), NoticeId = Guid.NewGuid(), RequestedBy = HandoffId, Organization = Organization.Parse("county:06037"), Attempts = 1 }),
        ["state-told"] = () => Entry(new NoticeDelivered { EncounterId = EncounterId, At = At(3), NoticeId = Guid.NewGuid(), RequestedBy = HandoffId, Organization = Organization.Parse("state:ca"), Attempts = 1 }),
        ["escalated"] = () => Entry(new HandoffEscalated { EncounterId = EncounterId, At = At(4), ReportId = ReportId, HandoffId = HandoffId, Organization = Organization.Parse("county:06037"), Role = Role.Responder, Awaited = "ACKNOWLEDGMENT", Step = 1, Notified = Organization.Parse("county:06037") }),
        ["supervisor-told"] = () => Entry(Escalated(At(5), 2, LosAngeles, Duties.Supervisor, "213-555-0142")),
        ["state-escalated"] = () => Entry(Escalated(At(7), 3, Organization.Parse("state:ca"))),
        ["state-escalated-again"] = () => Entry(Escalated(At(9), 4, Organization.Parse("state:ca"))),
        ["acknowledged"] = () => Entry(new HandoffAcknowledged { EncounterId = EncounterId, At = At(5), ReportId = ReportId, HandoffId = HandoffId, Organization = Organization.Parse("county:06037"), Role = Role.Responder, AcceptBy = At(55) }),
        ["accepted"] = () => Entry(new HandoffAccepted { EncounterId = EncounterId, At = At(6), ReportId = ReportId, HandoffId = HandoffId, Organization = Organization.Parse("county:06037"), Role = Role.Responder, Child = Child, Urgency = Urgencies.Prompt }),
        ["determined"] = () => Entry(Determined("TEN_DAYS", At(7))),
        ["seen"] = () => Entry(new HandoffRespondedInPerson { EncounterId = EncounterId, At = At(9), ReportId = ReportId, HandoffId = HandoffId, Organization = LosAngeles, InPersonAt = At(8) }),
        ["called"] = () => Entry(CallCounted(At(7), At(1), At(31))),
        ["called-late"] = () => Entry(CallCounted(At(12), At(1), At(31))),
        ["called-another"] = () => Entry(CallCounted(At(13), At(1), null)),
        ["call-unanswered"] = () => Entry(Escalated(At(8), 1, LosAngeles) with { Awaited = AwaitedActs.ResponseToCall }),
        ["closed"] = () => Entry(new HandoffClosed { EncounterId = EncounterId, At = At(10), ReportId = ReportId, HandoffId = HandoffId, Organization = LosAngeles, Role = Role.Responder, Reason = "CASE_OPENED" }),
        ["determined-anew"] = () => Entry(Determined("IMMEDIATE", At(11))),
        ["need"] = () => Entry(new NeedOpened { EncounterId = EncounterId, At = At(7), ReportId = ReportId, NeedId = NeedId, ReportedAt = At(0), Type = "ADVOCATE", Responder = Organization.Parse("county:06037"), Emergency = true, Urgency = Urgencies.Prompt, AgeBand = AgeBands.Unknown, Gender = Genders.Unknown }),
        ["offer"] = () => Entry(new OfferMade { EncounterId = EncounterId, At = At(8), ReportId = ReportId, NeedId = NeedId, OfferId = First, Provider = "harbor-house", ExpiresAt = At(30) }),
        ["declined"] = () => Entry(new OfferDeclined { EncounterId = EncounterId, At = At(9), ReportId = ReportId, NeedId = NeedId, OfferId = First, Provider = "harbor-house", Reason = "NO_CAPACITY" }),
        ["expired"] = () => Entry(new OfferExpired { EncounterId = EncounterId, At = At(9), ReportId = ReportId, NeedId = NeedId, OfferId = First, Provider = "harbor-house" }),
        ["withdrawn"] = () => Entry(new OfferWithdrawn { EncounterId = EncounterId, At = At(9), ReportId = ReportId, NeedId = NeedId, OfferId = First, Provider = "harbor-house", Reason = "UNDELIVERABLE" }),
        ["offer2"] = () => Entry(new OfferMade { EncounterId = EncounterId, At = At(10), ReportId = ReportId, NeedId = NeedId, OfferId = Second, Provider = "north-star", ExpiresAt = At(30) }),
        ["taken"] = () => Entry(new OfferAccepted { EncounterId = EncounterId, At = At(11), ReportId = ReportId, NeedId = NeedId, OfferId = Second, Provider = "north-star" }),
        ["engaged"] = () => Entry(new NeedEngaged { EncounterId = EncounterId, At = At(12), ReportId = ReportId, NeedId = NeedId, Provider = "north-star" }),
        ["completed"] = () => Entry(new NeedCompleted { EncounterId = EncounterId, At = At(13), ReportId = ReportId, NeedId = NeedId, Provider = "north-star" }),
        ["unfilled"] = () => Entry(new NeedUnfilled { EncounterId = EncounterId, At = At(9), ReportId = ReportId, NeedId = NeedId, Responder = Organization.Parse("county:06037") }),
    };

    private static HandoffEscalated Escalated(DateTimeOffset at, int step, Organization told, string? duty = null, string? phone = null) => new()
    {
        EncounterId = EncounterId,
        At = at,
        ReportId = ReportId,
        HandoffId = HandoffId,
        Organization = LosAngeles,
        Role = Role.Responder,
        Awaited = AwaitedActs.Acknowledgment,
        Step = step,
        Notified = told,
        Duty = duty,
        DutyPhone = phone,
        NextAt = at.AddMinutes(10),
    };

    private static HandoffResponseDetermined Determined(string level, DateTimeOffset at) =>
        new() { EncounterId = EncounterId, At = at, ReportId = ReportId, HandoffId = HandoffId, Organization = LosAngeles, Level = level, InPersonBy = at.AddDays(1) };

    private static HandoffCallCounted CallCounted(DateTimeOffset at, DateTimeOffset called, DateTimeOffset? by) => new()
    {
        EncounterId = EncounterId,
        At = at,
        ReportId = ReportId,
        HandoffId = HandoffId,
        Organization = LosAngeles,
        CalledAt = called,
        Rule = "ON_SCENE_RESPONSE",
        Law = "la-first-responder",
        InPersonBy = by,
    };

    private static HandoffOpened Attorney(DateTimeOffset at) => Opened(Role.DistrictAttorney, AttorneyId) with
    {
        At = at,
        Organization = Organization.Parse("da:06037"),
        OrganizationName = "District Attorney",
        ListedBy = Organization.Parse("county:06037"),
    };

    private static HandoffOpened Opened(Role role, Guid id) => new()
    {
        EncounterId = EncounterId,
        At = At(2),
        ReportId = ReportId,
        HandoffId = id,
        Organization = Organization.Parse("county:06037"),
        OrganizationName = "Los Angeles",
        Role = role,
        Child = Child,
        Urgency = Urgencies.Prompt,
        Basis = Bases.FoundLocation,
        Confidence = Confidences.Clear,
        DistanceToLineMeters = 1234,
        Rule = "where the child is",
        AcknowledgeBy = At(17),
        HotlinePhone = "555-0137",
        HotlineVerifiedAt = new DateOnly(2026, 11, 1),
    };

    private static Receipt Fold(IEnumerable<string> events, bool hasNeeds = true) => Fold(events.Select(e => Events[e]()), hasNeeds);

    private static Receipt Fold(IEnumerable<TimelineEntry> events, bool hasNeeds = true) => Receipt.Of(
        new Encounter { EncounterId = EncounterId, IncidentNumber = "26-1" },
        [new Report { ReportId = ReportId, EncounterId = EncounterId, Child = 1, Needs = hasNeeds ? [new(NeedId, "ADVOCATE")] : [] }],
        [.. events.Select(e => CodedFacts.Event(e)!)], [], [], TestStates.California, Shortfalls);

    [Theory]
    [InlineData("2026-11-01", "2027-01-30", false)]
    [InlineData("2026-11-01", "2027-01-31", true)]
    [InlineData(null, "2026-11-01", true)]
    public void A_number_that_nobody_has_checked_for_90_days_is_stale(string? verifiedAt, string today, bool isStale) =>
        ReceiptHotline.Of("555-0137", verifiedAt is null ? null : DateOnly.Parse(verifiedAt, CultureInfo.InvariantCulture), Law, DateOnly.Parse(today, CultureInfo.InvariantCulture)).Stale.ShouldBe(isStale);

    [Theory]
    [InlineData("", "RECEIVED", "-", "OPEN")]
    [InlineData("reported", "RECEIVED", "-", "OPEN")]
    [InlineData("reported undetermined", "AT_DESK", "-", "OPEN")]
    [InlineData("reported courtesy", "RECEIVED", "OPEN", "OPEN")]
    [InlineData("reported undetermined opened", "ROUTED", "OPEN", "OPEN")]
    [InlineData("reported guess undetermined", "AT_DESK", "OPEN", "OPEN")]
    [InlineData("reported guess undetermined acknowledged", "AT_DESK", "ACKNOWLEDGED", "OPEN")]
    [InlineData("reported guess undetermined confirmed", "ROUTED", "OPEN", "OPEN")]
    [InlineData("reported guess undetermined accepted", "ACCEPTED", "ACCEPTED", "OPEN")]
    [InlineData("reported guess undetermined given-away", "AT_DESK", "WITHDRAWN", "OPEN")]
    [InlineData("reported guess undetermined given-away confirmed", "ROUTED", "OPEN", "OPEN")]
    [InlineData("reported opened notified", "ROUTED", "NOTIFIED", "OPEN")]
    [InlineData("reported opened notified escalated", "ROUTED", "NOTIFIED!", "OPEN")]
    [InlineData("reported opened escalated state-told", "ROUTED", "OPEN!", "OPEN")]
    [InlineData("reported opened escalated acknowledged", "ROUTED", "ACKNOWLEDGED!", "OPEN")]
    [InlineData("reported opened notified acknowledged accepted", "ACCEPTED", "ACCEPTED", "OPEN")]
    [InlineData("opened accepted determined", "ACCEPTED", "RESPONSE_DETERMINED", "OPEN")]
    [InlineData("opened accepted determined seen closed", "ACCEPTED", "CLOSED", "OPEN")]
    [InlineData("opened accepted determined seen closed determined-anew", "ACCEPTED", "RESPONSE_DETERMINED", "OPEN")]
    [InlineData("opened accepted need offer", "ACCEPTED", "ACCEPTED", "OFFERED")]
    [InlineData("opened need offer declined", "ROUTED", "OPEN", "OFFERED")]
    [InlineData("opened need offer expired", "ROUTED", "OPEN", "OFFERED")]
    [InlineData("opened need offer withdrawn unfilled", "ROUTED", "OPEN", "UNFILLED")]
    [InlineData("opened need offer withdrawn offer2", "ROUTED", "OPEN", "OFFERED")]
    [InlineData("opened need offer declined offer2", "ROUTED", "OPEN", "OFFERED")]
    [InlineData("opened need offer declined unfilled", "ROUTED", "OPEN", "UNFILLED")]
    [InlineData("opened need offer unfilled", "ROUTED", "OPEN", "UNFILLED")]
    [InlineData("opened need offer declined unfilled offer2", "ROUTED", "OPEN", "OFFERED")]
    [InlineData("opened need offer declined offer2 taken", "ROUTED", "OPEN", "ACCEPTED")]
    [InlineData("opened accepted need offer2 taken engaged", "ACCEPTED", "ACCEPTED", "ENGAGED")]
    [InlineData("opened accepted need offer2 taken engaged completed", "COMPLETED", "ACCEPTED", "COMPLETED")]
    [InlineData("opened need offer2 taken engaged completed", "ROUTED", "OPEN", "COMPLETED")]
    public void The_receipt_follows_from_the_timeline_in_whatever_order_it_came(string events, string status, string handoff, string need)
    {
        var names = events.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var shuffled = new Random(17);
        foreach (var order in new[] { names, [.. names.Reverse()], [.. names.OrderBy(_ => shuffled.Next())], [.. names, .. names] })
        {
            var receipt = Fold(order);

            receipt.Status.ShouldBe(status);
            receipt.Reports[0].Needs[0].State.ShouldBe(need);
            (receipt.Reports[0].Handoffs is [var first, ..] ? first.State + (first.Told.Count > 0 ? "!" : "") : "-").ShouldBe(handoff);
        }
    }

    [Theory]
    [InlineData("opened escalated", "county:06037 - 08:04")]
    [InlineData("opened escalated supervisor-told", "county:06037 - 08:04, county:06037 SUPERVISOR 213-555-0142 08:05 next 08:15")]
    [InlineData("opened escalated supervisor-told state-escalated state-escalated-again", "county:06037 - 08:04, county:06037 SUPERVISOR 213-555-0142 08:05, state:ca - 08:09 next 08:19")]
    [InlineData("opened escalated supervisor-told accepted", "county:06037 - 08:04, county:06037 SUPERVISOR 213-555-0142 08:05")]
    public void Who_was_told_of_silence_when_and_who_is_next_is_shown_as_the_ladder_is_climbed(string events, string shown)
    {
        static string Time(DateTimeOffset at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);
        var names = events.Split(' ');
        foreach (var order in new[] { names, [.. names.Reverse()], [.. names, .. names] })
            string.Join(", ", Fold(order).Reports[0].Handoffs.Single(h => h.HandoffId == HandoffId).Told
                .Select(t => $"{t.Organization} {t.Duty ?? "-"} {t.Phone} {Time(t.At)} {(t.NextAt is { } next ? $"next {Time(next)}" : "")}".Replace("  ", " ", StringComparison.Ordinal).Trim()))
                .ShouldBe(shown);
    }

    [Theory]
    [InlineData("opened", null)]
    [InlineData("opened called", "-")]
    [InlineData("opened accepted called determined", "-")]
    [InlineData("opened accepted called seen", "08:08")]
    [InlineData("opened accepted determined seen called-late", "08:08")]
    [InlineData("opened accepted called called-another", null)]
    [InlineData("opened accepted called determined seen closed", "08:08")]
    [InlineData("opened called given-away", null)]
    [InlineData("opened accepted called referring next next-accepted taken-over", null)]
    public void Until_when_the_call_has_the_county_see_the_child_is_shown_with_its_rule_and_that_it_has(string events, string? seen)
    {
        foreach (var order in new[] { events.Split(' '), [.. events.Split(' ').Reverse()] })
        {
            var called = Fold(order).Reports[0].Handoffs.Single(h => h.HandoffId == HandoffId).CalledResponse;

            (called is null ? null : called.InPersonAt?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "-").ShouldBe(seen);
            if (called is not null)
                (called.Rule, called.Law!.RuleId, called.Law.Kind, called.Law.Citation, called.CalledAt, called.InPersonBy).ShouldBe(
                    ("ON_SCENE_RESPONSE", "la-first-responder", RuleKinds.Protocol, "Los Angeles County First Responder Protocol", At(1), At(31)));
        }
    }

    [Theory]
    [InlineData("opened called call-unanswered", true), InlineData("opened called call-unanswered determined-anew", true), InlineData("opened called call-unanswered seen", false), InlineData("opened called call-unanswered closed", false)]
    public void After_the_call_only_that_the_child_is_seen_or_the_end_stops_the_ladder(string events, bool isClimbed) =>
        (Fold(events.Split(' ')).Reports[0].Handoffs.Single(h => h.HandoffId == HandoffId).Told.Single().NextAt is not null).ShouldBe(isClimbed);

    [Theory]
    [InlineData("opened accepted", null)]
    [InlineData("opened accepted determined", "TEN_DAYS -")]
    [InlineData("opened accepted determined seen", "TEN_DAYS 08:08")]
    [InlineData("opened accepted determined seen closed", "TEN_DAYS 08:08 CASE_OPENED")]
    [InlineData("opened accepted determined seen closed determined-anew", "IMMEDIATE -")]
    [InlineData("opened accepted determined referring-lives-here next next-accepted taken-over", null)]
    public void How_soon_the_child_is_seen_and_that_it_was_is_shown_of_who_responds(string events, string? shown)
    {
        var handoff = Fold(events.Split(' ')).Reports[0].Handoffs.Single(h => h.HandoffId == HandoffId);

        (handoff.Response is not { } response ? null : $"{response.Level} {response.InPersonAt?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "-"} {handoff.ClosingReason}".Trim()).ShouldBe(shown);
    }

    [Theory]
    [InlineData("opened accepted referring", "ROUTED", "06037 REFERRING RESPONDER")]
    [InlineData("opened accepted referring next", "ROUTED", "06037 REFERRING RESPONDER, 06059 OPEN RESPONDER")]
    [InlineData("opened accepted determined referring", "ROUTED", "06037 REFERRING RESPONDER")]
    [InlineData("opened accepted determined referring keeps", "ACCEPTED", "06037 RESPONSE_DETERMINED RESPONDER")]
    [InlineData("opened accepted determined referring-lives-here next next-accepted taken-over", "ACCEPTED", "06059 ACCEPTED RESPONDER, 06037 ACCEPTED RESIDENCE")]
    [InlineData("opened next-lives-there accepted referring next", "ROUTED", "06037 REFERRING RESPONDER, 06059 OPEN RESPONDER")]
    [InlineData("opened accepted referring next next-accepted", "ACCEPTED", "06059 ACCEPTED RESPONDER, 06037 REFERRING RESPONDER")]
    [InlineData("opened accepted referring next next-accepted taken-over", "ACCEPTED", "06059 ACCEPTED RESPONDER, 06037 REFERRED_ON RESPONDER")]
    [InlineData("opened accepted referring-lives-here next next-accepted taken-over", "ACCEPTED", "06059 ACCEPTED RESPONDER, 06037 ACCEPTED RESIDENCE")]
    [InlineData("opened accepted referring keeps", "ACCEPTED", "06037 ACCEPTED RESPONDER")]
    public void Who_referred_a_report_on_responds_until_the_next_has_accepted(string events, string status, string handoffs)
    {
        var names = events.Split(' ');
        foreach (var order in new[] { names, [.. names.Reverse()] })
        {
            var receipt = Fold(order);

            receipt.Status.ShouldBe(status);
            string.Join(", ", receipt.Reports[0].Handoffs.OrderBy(h => h.Responds ? 0 : 1).ThenByDescending(h => h.Organization.Text == "county:06059" && h.State == "ACCEPTED")
                .Select(h => $"{h.Organization.Text[^5..]} {h.State} {h.Role.Text()}")).ShouldBe(handoffs);
            receipt.Reports[0].Handoffs.ShouldAllBe(h => h.Referrals.Single() == Hop);
        }
    }

    [Theory]
    [InlineData("attorney", "OPEN"), InlineData("attorney attorney-accepted", "ACCEPTED"), InlineData("attorney attorney-withdrawn", "WITHDRAWN")]
    [InlineData("attorney attorney-accepted attorney-withdrawn", "WITHDRAWN"), InlineData("attorney attorney-accepted attorney-withdrawn attorney-again", "OPEN")]
    public void Whoever_must_know_besides_counties_is_shown_after_the_responder_and_changes_no_status(string events, string state)
    {
        foreach (var order in new[] { events.Split(' '), [.. events.Split(' ').Reverse()] })
        {
            var receipt = Fold(["reported", "opened", .. order]);

            receipt.Status.ShouldBe("ROUTED");
            receipt.Reports[0].Handoffs.Select(h => (h.Organization.Text, h.Role, h.State)).ShouldBe([("county:06037", Role.Responder, "OPEN"), ("da:06037", Role.DistrictAttorney, state)]);
        }
    }

    [Theory]
    [InlineData("reported opened acknowledged", "ROUTED"), InlineData("reported opened acknowledged accepted", "COMPLETED")]
    public void A_report_without_needs_comes_to_its_end_with_the_acceptance(string events, string status) => Fold(events.Split(' '), hasNeeds: false).Status.ShouldBe(status);

    [Fact]
    public void A_handoff_says_who_must_respond_why_and_whom_to_call()
    {
        var handoff = Fold(["courtesy", "opened"]).Reports[0].Handoffs[0];

        handoff.ShouldBe(new ReceiptHandoff(HandoffId, Organization.Parse("county:06037"), "Los Angeles", Role.Responder, "OPEN", handoff.Told, "FOUND_LOCATION", "CLEAR", 1234, handoff.OuterLines, "where the child is",
            Law.For(RuleUses.ResponderRole), new("555-0137", new DateOnly(2026, 11, 1), handoff.Hotline!.Stale), At(17), null, []));
    }

    [Theory]
    // Who responds is a protocol's; the statute only says that nobody refuses.
    [InlineData(Role.Responder, "PROTOCOL Southern Region inter-county protocol", "STATUTE PC 11165.9")]
    [InlineData(Role.Courtesy, "PRODUCT_DEFAULT SafeHarbor default", "STATUTE PC 11165.9")]
    [InlineData(Role.Residence, "PRODUCT_DEFAULT SafeHarbor default", "STATUTE PC 11167(b)")]
    public void A_handoff_cites_what_its_role_rests_on_each_by_its_kind(Role role, params string[] rules) =>
        ReceiptHandoff.Of(new Report { ReportId = ReportId }, [Opened(role, HandoffId)], Law, default).Single().Rules.Select(r => $"{r.Kind} {r.Citation}").ShouldBe(rules);

    [Fact]
    public void A_handoff_shows_what_begins_near_the_place_and_the_desks_looking_at_that_is_no_waiting()
    {
        OuterLine nevada = new(OuterLineKinds.State, "NV", 421);
        var lines = Entry(new JurisdictionUndetermined { EncounterId = EncounterId, At = At(1), DeskItemId = Guid.NewGuid(), Reason = UndeterminedReasons.NearStateLine, OuterLines = [nevada], Urgency = Urgencies.Prompt, Reports = [Child] });

        Fold([Events["reported"](), lines]).Status.ShouldBe("RECEIVED", "a county responds, whose handoff only has not come here yet");
        var receipt = Fold([Events["reported"](), lines, Entry(Opened(Role.Responder, HandoffId) with { OuterLines = [nevada] })]);
        (receipt.Status, receipt.Reports[0].Handoffs[0].OuterLines.Single()).ShouldBe(("ROUTED", nevada));
    }

    [Fact]
    public void A_handoff_that_responds_no_more_and_has_a_part_all_the_same_says_which()
    {
        var handoff = Fold(["guess", "undetermined", "confirmed", "kept"]).Reports[0].Handoffs[0];

        (handoff.State, handoff.Role, handoff.Basis, handoff.Confidence, handoff.Rule, handoff.Responds).ShouldBe(("OPEN", Role.Dependency, "EXPLICIT", "CLEAR", "the court", false));
    }

    [Fact]
    public void A_handoff_that_a_person_confirmed_says_so()
    {
        var handoff = Fold(["guess", "undetermined", "confirmed"]).Reports[0].Handoffs[0];

        (handoff.Basis, handoff.Confidence, handoff.DistanceToLineMeters, handoff.Rule, handoff.Name).ShouldBe(("DESK", "CLEAR", null, "the desk", "Los Angeles"));
    }

    [Fact]
    public void A_handoff_whose_opening_is_still_under_way_is_shown_with_what_is_known()
    {
        var handoff = Fold(["acknowledged"]).Reports[0].Handoffs.ShouldHaveSingleItem();

        (handoff.State, handoff.Organization.Text, handoff.Name, handoff.Hotline, handoff.AcceptBy).ShouldBe(("ACKNOWLEDGED", "county:06037", null, null, At(55)));
    }

    [Fact]
    public void Near_duplicates_are_linked() =>
        Receipt.Of(new Encounter(), [], [], [], [First], TestStates.California, Shortfalls).Links.ShouldBe([new ReceiptLink("near-duplicate", First)]);

    [Fact]
    public void A_timeline_entry_holds_no_child()
    {
        var entry = Entry(Opened(Role.Responder, HandoffId));

        JsonNode.Parse(entry.Data)!.AsObject().Select(m => m.Key).ShouldBe(["handoffId", "organization", "role", "urgency", "basis", "confidence", "distanceToLineMeters", "rule", "organizationName",
            "acknowledgeBy", "hotlinePhone", "hotlineVerifiedAt"]);
        entry.ReportId.ShouldBe(ReportId);
    }

    [Fact]
    public void A_timeline_entry_gives_its_event_back_without_the_child()
    {
        var opened = Opened(Role.Responder, HandoffId);

        CodedFacts.Event(Entry(opened)).ShouldBe(opened with { Child = null! });
    }

    [Fact]
    public void A_count_of_reports_is_no_child()
    {
        var found = new UnusualReading { EncounterId = EncounterId, At = At(1), ReportId = ReportId, UnusualReadingId = First, Organization = Organization.Parse("county:06059"), Rule = "FAR", Reports = 21, Counties = 4, Since = At(0) };

        CodedFacts.Event(Entry(found)).ShouldBe(found);
    }

    [Fact]
    public void What_an_earlier_version_wrote_may_lack_members_and_what_a_later_one_wrote_may_be_of_another_kind()
    {
        CodedFacts.Event(new() { Type = "handoff.accepted.v1", ReportId = ReportId, Data = "{}" }).ShouldBeOfType<HandoffAccepted>().ReportId.ShouldBe(ReportId);
        CodedFacts.Event(new() { Type = "handoff.accepted.v9" }).ShouldBeNull();
    }

    [Fact]
    public void A_timeline_entry_about_several_children_holds_their_reports_ids_only()
    {
        var data = JsonNode.Parse(Events["undetermined"]().Data)!.AsObject();

        data.Select(m => m.Key).Order().ShouldBe(["deskItemId", "possibleOrganizations", "reason", "reportIds", "urgency"]);
        data["reportIds"]!.AsArray().Select(id => id!.GetValue<Guid>()).ShouldBe([ReportId]);
    }
}
