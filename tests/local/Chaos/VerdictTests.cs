using SafeHarbor.Chaos.Checks;
using SafeHarbor.Load;

namespace SafeHarbor.Local.Tests.Chaos;

/// <summary>The checks find what is planted, and nothing where nothing is.</summary>
public sealed class VerdictTests
{
    private static readonly Guid Encounter = Guid.NewGuid();
    private static readonly Guid Report = Guid.NewGuid();
    private static readonly Guid Need = Guid.NewGuid();
    private static readonly DeliveryRow Webhook = new(Guid.NewGuid(), Encounter, "county:06037", "handoff.opened", Guid.NewGuid(), "DELIVERED");
    private static readonly Guid Poison = Guid.NewGuid();

    private static readonly Evidence Sound = new()
    {
        Encounters = [Encounter],
        Timeline =
        [
            .. from line in Expectation.TimelineOf(ReportKind.Plain)
               from number in Enumerable.Range(1, line.Value)
               select new TimelineCount(Encounter, line.Key, $"subject {number}", 1),
            new(Encounter, "notice.delivered", "first", 1),
        ],
        Handoffs = [new(Encounter, Report, "06037", "ACCEPTED")],
        Needs = [new(Encounter, Need, "Completed", AcceptedOffers: 1)],
        Deliveries = [Webhook],
        Parked = [new(Poison, "intake-timeline_error", "unreadable")],
    };

    [Fact]
    public void What_is_as_it_must_be_has_no_finding() => Of(Sound).ShouldBeEmpty();

    [Fact]
    public void An_acknowledged_encounter_that_is_not_stored_is_lost() =>
        Of(Sound with { Encounters = [] }).ShouldContain(new Finding(Wrong.Lost, Encounter, "acknowledged with 201 and not stored"));

    [Fact]
    public void An_encounter_without_its_end_is_lost() =>
        Of(Sound with { Timeline = [.. Sound.Timeline.Where(line => line.Type != "need.completed")] })
            .ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                found => found.Wrong.ShouldBe(Wrong.Lost),
                found => found.Encounter.ShouldBe(Encounter),
                found => found.What.ShouldContain("need.completed is there 0 times instead of 1"));

    [Fact]
    public void An_encounter_that_was_stored_twice_is_a_duplicate() =>
        Of(Sound with { Encounters = [Encounter, Guid.NewGuid()] }).ShouldHaveSingleItem().Wrong.ShouldBe(Wrong.Duplicate);

    [Fact]
    public void The_same_event_twice_is_a_duplicate() =>
        Of(Sound with { Timeline = [.. Sound.Timeline.Select(line => line.Type == "offer.made" ? line with { Times = 2 } : line)] })
            .ShouldHaveSingleItem().What.ShouldContain("offer.made");

    [Fact]
    public void A_second_event_about_something_else_is_a_duplicate_too() =>
        Of(Sound with { Timeline = [.. Sound.Timeline, new(Encounter, "offer.accepted", "another offer", 1)] })
            .ShouldHaveSingleItem().What.ShouldContain("offer.accepted is there 2 times instead of 1");

    [Fact]
    public void A_county_with_two_handoffs_is_a_duplicate() =>
        Of(Sound with { Handoffs = [.. Sound.Handoffs, new(Encounter, Report, "06037", "ACCEPTED")] }).ShouldHaveSingleItem().Wrong.ShouldBe(Wrong.Duplicate);

    [Fact]
    public void A_handoff_that_nobody_accepted_is_lost() =>
        Of(Sound with { Handoffs = [new(Encounter, Report, "06037", "Notified")] }).ShouldHaveSingleItem().Wrong.ShouldBe(Wrong.Lost);

    [Theory]
    [InlineData(0, Wrong.Lost)]
    [InlineData(2, Wrong.Duplicate)]
    public void A_need_has_one_accepted_offer(int accepted, object wrong) =>
        Of(Sound with { Needs = [new(Encounter, Need, "Offered", accepted)] }).ShouldHaveSingleItem().Wrong.ShouldBe(wrong);

    [Fact]
    public void A_webhook_that_is_said_to_be_delivered_and_never_came_is_lost() =>
        Verdict.Of(Acknowledged, new Dictionary<Guid, int>(), Poisoned, Sound).ShouldHaveSingleItem().What.ShouldContain("never came");

    [Fact]
    public void The_same_webhook_under_two_ids_is_a_duplicate()
    {
        var again = Webhook with { Id = Guid.NewGuid() };
        Verdict.Of(Acknowledged, new Dictionary<Guid, int> { [Webhook.Id] = 1, [again.Id] = 1 }, Poisoned, Sound with { Deliveries = [Webhook, again] })
            .ShouldHaveSingleItem().Wrong.ShouldBe(Wrong.Duplicate);
    }

    [Fact]
    public void A_parked_message_that_is_no_poison_is_found() =>
        Of(Sound with { Parked = [.. Sound.Parked, new(Guid.NewGuid(), "intake", "handoff.opened.v1")] }).ShouldHaveSingleItem().Wrong.ShouldBe(Wrong.Parked);

    [Fact]
    public void Poison_that_vanished_is_found() => Of(Sound with { Parked = [] }).ShouldHaveSingleItem().Wrong.ShouldBe(Wrong.Parked);

    [Fact]
    public void Work_that_is_left_is_found() => Of(Sound with { Unfinished = ["intake: overdue timers: 1"] }).ShouldHaveSingleItem().Wrong.ShouldBe(Wrong.Unfinished);

    private static IReadOnlyDictionary<Guid, ReportKind> Acknowledged => new Dictionary<Guid, ReportKind> { [Encounter] = ReportKind.Plain };

    private static IReadOnlyDictionary<Guid, string> Poisoned => new Dictionary<Guid, string> { [Poison] = "intake-timeline" };

    private static IReadOnlyList<Finding> Of(Evidence evidence) =>
        Verdict.Of(Acknowledged, new Dictionary<Guid, int> { [Webhook.Id] = 2 }, Poisoned, evidence);
}
