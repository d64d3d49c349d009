using System.Reflection;

namespace SafeHarbor.Contracts.Tests;

/// <summary>The wire is a promise to everybody who listens: these names never change, whatever the C# types are called.</summary>
public sealed class WireNameTests
{
    private static readonly Type[] Messages = typeof(Subscriptions).Assembly.GetTypes().Where(t => t.IsDefined(typeof(WireNameAttribute))).ToArray();

    [Fact]
    public void The_names_on_the_wire_are_these_and_no_others() => Messages.Select(WireNameAttribute.Of).Order(StringComparer.Ordinal).ShouldBe(
    [
        "disclosure.granted.v1",
        "disclosure.unusual-reading.v1",
        "emergency-access.opened.v1",
        "emergency-access.reviewed.v1",
        "encounter.reported.v1",
        "handoff.accepted.v1",
        "handoff.acknowledged.v1",
        "handoff.escalated.v1",
        "handoff.opened.v1",
        "jurisdiction.assigned.v1",
        "jurisdiction.undetermined.v1",
        "message.parked.v1",
        "need.completed.v1",
        "need.engaged.v1",
        "need.opened.v1",
        "need.unfilled.v1",
        "notice.delivered.v1",
        "notice.failing.v1",
        "notice.requested.v1",
        "notice.undeliverable.v1",
        "offer.accepted.v1",
        "offer.declined.v1",
        "offer.expired.v1",
        "offer.made.v1",
        "report-clock.overdue.v1",
        "report.destroyed.v1",
        "telephone-report.recorded.v1",
    ]);

    [Fact]
    public void Every_message_has_a_subscriber_so_that_nothing_is_published_to_nowhere() =>
        Messages.Except(Subscriptions.All.SelectMany(s => s.Messages)).ShouldBeEmpty();

    [Fact]
    public void Every_event_of_an_encounter_reaches_its_timeline()
    {
        var timeline = Subscriptions.All.Single(s => s.Queue == "intake-timeline").Messages;
        Messages.Where(t => t.IsAssignableTo(typeof(IEncounterEvent))).Except(timeline).ShouldBeEmpty();
        timeline.ShouldAllBe(t => t.IsAssignableTo(typeof(IEncounterEvent)));
    }

    [Fact]
    public void A_queue_belongs_to_one_service_and_is_named_after_it()
    {
        Subscriptions.All.Select(s => s.Queue).ShouldBeUnique();
        Subscriptions.All.ShouldAllBe(s => s.Queue.StartsWith(s.Service + "-", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_message_is_about_an_encounter_so_that_it_keeps_its_place_in_the_order() =>
        Messages.ShouldAllBe(t => t.IsAssignableTo(typeof(IEncounterMessage)));

    [Fact]
    public void The_contracts_reference_nothing() =>
        typeof(Subscriptions).Assembly.GetReferencedAssemblies().Select(a => a.Name!)
            .ShouldAllBe(name => name.StartsWith("System.", StringComparison.Ordinal) || name == "netstandard");

    [Fact]
    public void No_member_of_a_message_could_hold_a_name_an_address_or_a_narrative()
    {
        string[] forbidden = ["name", "address", "narrative", "birth", "alias", "phone", "officer", "guardianname", "suspect", "email", "ssn", "race", "ethnicity", "immigration", "arrest", "charge"];
        var members = Messages.SelectMany(t => Members(t, [])).Where(m => m is not "HotlinePhone").Distinct();
        members.Where(m => forbidden.Any(f => m.Contains(f, StringComparison.OrdinalIgnoreCase))).ShouldBeEmpty();
    }

    private static IEnumerable<string> Members(Type type, HashSet<Type> seen) => !seen.Add(type) ? [] : type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .SelectMany(p => (p.PropertyType.IsGenericType ? p.PropertyType.GetGenericArguments() : [p.PropertyType])
            .Where(t => t.Assembly == type.Assembly).SelectMany(t => Members(t, seen)).Prepend(p.Name));
}
