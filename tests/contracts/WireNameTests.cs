using System.Reflection;

namespace SafeHarbor.Contracts.Tests;

/// <summary>The wire is a promise to everybody who listens: these names never change, whatever the C# types are called.</summary>
public sealed class WireNameTests
{
    private static readonly Type[] Messages = typeof(Subscriptions).Assembly.GetTypes().Where(t => t.IsDefined(typeof(WireNameAttribute))).ToArray();

    [Fact]
    public void The_messages_their_publishers_and_their_queues_are_these_and_no_others() => Messages.Select(Declared).Order(StringComparer.Ordinal).ShouldBe(
    [
        "disclosure.ended.v1: case-services county-routing -> intake-disclosure intake-timeline",
        "disclosure.granted.v1: case-services county-routing -> intake-disclosure intake-timeline",
        "disclosure.unusual-reading.v1: intake -> intake-timeline",
        "drill.ended.v1: county-routing -> county-routing-drill",
        "drill.started.v1: county-routing -> intake-drill",
        "emergency-access.opened.v1: intake -> intake-timeline",
        "emergency-access.reviewed.v1: intake -> intake-timeline",
        "encounter.reported.v1: intake -> county-routing-jurisdiction intake-timeline",
        "handoff.accepted.v1: county-routing -> case-services-referral intake-timeline",
        "handoff.acknowledged.v1: county-routing -> intake-timeline",
        "handoff.call-counted.v1: county-routing -> intake-timeline",
        "handoff.closed.v1: county-routing -> intake-timeline",
        "handoff.confirmed.v1: county-routing -> case-services-referral county-routing-handoff intake-timeline",
        "handoff.downgraded.v1: county-routing -> county-routing-handoff intake-timeline",
        "handoff.escalated.v1: county-routing -> intake-timeline",
        "handoff.officer-called.v1: county-routing -> county-routing-handoff",
        "handoff.opened.v1: county-routing -> case-services-referral county-routing-handoff intake-timeline",
        "handoff.referred-on.v1: county-routing -> county-routing-jurisdiction intake-timeline",
        "handoff.responded-in-person.v1: county-routing -> intake-timeline",
        "handoff.response-determined.v1: county-routing -> intake-timeline",
        "handoff.retracted.v1: county-routing -> county-routing-handoff",
        "handoff.supplemented.v1: county-routing -> county-routing-handoff",
        "handoff.taken-over.v1: county-routing -> county-routing-handoff intake-timeline",
        "handoff.withdrawn.v1: county-routing -> county-routing-handoff intake-timeline",
        "jurisdiction.assigned.v1: county-routing -> intake-timeline",
        "jurisdiction.claimed.v1: county-routing -> county-routing-desk intake-timeline",
        "jurisdiction.undetermined.v1: county-routing -> county-routing-desk intake-timeline",
        "keeping.handed-over.v1: county-routing -> county-routing-handoff",
        "keeping.requested.v1: county-routing -> county-routing-handoff",
        "ledger.checkpointed.v1: case-services county-routing intake notification -> case-services-witness county-routing-witness intake-witness notification-witness",
        "message.parked.v1: case-services county-routing intake notification -> intake-timeline",
        "need.completed.v1: case-services -> intake-timeline",
        "need.engaged.v1: case-services -> intake-timeline",
        "need.opened.v1: case-services -> case-services-need intake-timeline",
        "need.unfilled.v1: case-services -> intake-timeline",
        "node-ledger.checkpointed.v1: county-routing -> county-routing-witness",
        "node.alive.v1: county-routing -> county-routing-node",
        "notice.delivered.v1: notification -> county-routing-handoff intake-timeline",
        "notice.failing.v1: notification -> intake-timeline",
        "notice.requested.v1: case-services county-routing intake -> notification-notice",
        "notice.undeliverable.v1: notification -> case-services-need county-routing-handoff intake-timeline",
        "offer.accepted.v1: case-services -> intake-timeline",
        "offer.declined.v1: case-services -> intake-timeline",
        "offer.expired.v1: case-services -> intake-timeline",
        "offer.made.v1: case-services -> intake-timeline",
        "offer.withdrawn.v1: case-services -> intake-timeline",
        "provider.listed.v1: case-services -> intake-coverage",
        "report-clock.overdue.v1: intake -> intake-timeline",
        "report.destroyed.v1: intake -> intake-timeline",
        "report.may-be-same.v1: intake -> intake-timeline",
        "report.retracted.v1: intake -> case-services-referral county-routing-jurisdiction intake-timeline",
        "report.supplemented.v1: intake -> case-services-referral county-routing-desk county-routing-jurisdiction intake-timeline",
        "system-notice.requested.v1: county-routing -> notification-notice",
        "telephone-report.recorded.v1: intake -> county-routing-jurisdiction intake-timeline",
        "whereabouts.changed.v1: intake -> intake-timeline",
        "worker.assigned.v1: intake -> intake-timeline",
    ]);

    [Fact]
    public void Every_message_that_is_published_is_bound_to_a_queue_so_that_nothing_is_published_to_nowhere() =>
        Subscriptions.All.SelectMany(s => s.Messages).Distinct().ShouldBe(Messages, ignoreOrder: true);

    [Fact]
    public void Every_event_of_an_encounter_reaches_its_timeline_and_nothing_else_does() =>
        Subscriptions.Of(Queues.Timeline).Messages.ShouldBe(Messages.Where(t => t.IsAssignableTo(typeof(IEncounterEvent))), ignoreOrder: true);

    [Fact]
    public void What_an_addressed_queue_gets_has_an_addressee() =>
        Queues.Addressed.SelectMany(queue => Subscriptions.Of(queue).Messages).ShouldAllBe(t => t.IsAssignableTo(typeof(IAddressed)));

    [Fact]
    public void A_record_names_services_and_queues_that_are_there()
    {
        var declared = Messages.Select(t => t.GetCustomAttribute<MessageAttribute>()!).ToList();
        declared.ShouldAllBe(m => m.From.Length > 0);
        declared.SelectMany(m => m.From).Except(Services.All).ShouldBeEmpty();
        declared.SelectMany(m => m.To).Except(Queues.All).ShouldBeEmpty();
        declared.SelectMany(m => m.To).ShouldNotContain(Queues.Timeline);
    }

    [Fact]
    public void A_queue_belongs_to_one_service_and_is_named_after_it()
    {
        Queues.All.ShouldBeUnique();
        Queues.All.Select(queue => Services.All.Count(service => queue.StartsWith(service + "-", StringComparison.Ordinal))).ShouldAllBe(count => count == 1);
    }

    [Fact]
    public void Every_message_is_about_an_encounter_or_an_entry_of_a_directory_so_that_it_keeps_its_place_in_the_order() =>
        Messages.ShouldAllBe(t => t.IsAssignableTo(typeof(IEncounterMessage)) != t.IsAssignableTo(typeof(IDirectoryMessage)));

    [Fact]
    public void The_contracts_reference_nothing() =>
        typeof(Subscriptions).Assembly.GetReferencedAssemblies().Select(a => a.Name!)
            .ShouldAllBe(name => name.StartsWith("System.", StringComparison.Ordinal) || name == "netstandard");

    [Fact]
    public void No_member_of_a_message_could_hold_a_name_an_address_or_a_narrative()
    {
        string[] forbidden = ["name", "address", "narrative", "birth", "alias", "phone", "officer", "guardianname", "suspect", "email", "ssn", "race", "ethnicity", "immigration", "arrest", "charge"];
        var members = Messages.SelectMany(t => Members(t, [])).Where(m => m is not ("HotlinePhone" or "DutyPhone" or "OrganizationName")).Distinct();
        members.Where(m => forbidden.Any(f => m.Contains(f, StringComparison.OrdinalIgnoreCase))).ShouldBeEmpty();
    }

    private static string Declared(Type message) =>
        $"{WireNameAttribute.Of(message)}: {Text(Services.All.Where(s => Publications.Of(s).Contains(message)))} -> {Text(Queues.All.Where(q => Subscriptions.Of(q).Messages.Contains(message)))}";

    private static string Text(IEnumerable<string> names) => string.Join(' ', names.Order(StringComparer.Ordinal));

    private static IEnumerable<string> Members(Type type, HashSet<Type> seen) => !seen.Add(type) ? [] : type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .SelectMany(p => (p.PropertyType.IsGenericType ? p.PropertyType.GetGenericArguments() : [p.PropertyType])
            .Where(t => t.Assembly == type.Assembly).SelectMany(t => Members(t, seen)).Prepend(p.Name));
}
