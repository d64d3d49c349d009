using FsCheck;
using FsCheck.Fluent;
using SafeHarbor.CaseServices.Needs;
using SafeHarbor.Contracts.CaseServices;

namespace SafeHarbor.CaseServices.Tests.Needs;

/// <summary>
/// A provider's offer and what follows from it is a FHIR Task for referral management to the outside: no walk through the state machine
/// may make a transition that is not legal there.
/// Legal transitions: HL7 SDOH Clinical Care (HL7/fhir-sdoh-clinicalcare, commit 6604b7a, "ReferralTaskStateDiagram.drawio", CC0-1.0).
/// </summary>
public sealed class FhirTaskTests
{
    private static readonly HashSet<(string From, string To)> Legal =
    [
        ("draft", "requested"), ("requested", "accepted"), ("requested", "rejected"), ("requested", "cancelled"), ("accepted", "in-progress"),
        ("accepted", "on-hold"), ("accepted", "cancelled"), ("accepted", "completed"), ("accepted", "failed"), ("in-progress", "completed"),
        ("in-progress", "failed"), ("on-hold", "in-progress"), ("on-hold", "completed"), ("on-hold", "failed"), ("on-hold", "cancelled"),
    ];

    [Fact]
    public void No_sequence_of_events_makes_a_transition_that_a_task_may_not_make()
    {
        var taken = new HashSet<(string, string)>();
        Prop.ForAll(Gen.Elements(Walk.Events).ListOf().ToArbitrary(), events =>
            {
                var transitions = TransitionsAsync(events).GetAwaiter().GetResult();
                taken.UnionWith(transitions);
                return transitions.All(Legal.Contains);
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
        taken.ShouldBe(
        [
            ("draft", "requested"), ("requested", "accepted"), ("requested", "rejected"), ("requested", "cancelled"),
            ("accepted", "in-progress"), ("accepted", "completed"), ("in-progress", "completed"),
        ], ignoreOrder: true, "and the walks come by every transition that the machine has");
    }

    private static async Task<List<(string From, string To)>> TransitionsAsync(IEnumerable<string> events)
    {
        var walk = new Walk();
        var tasks = new Dictionary<Guid, string>();
        var transitions = new List<(string, string)>();
        foreach (var name in events)
        {
            await walk.RaiseAsync(name);
            foreach (var (offer, status) in walk.Unit.Messages.Select(message => TaskOf(message, walk.Need)).OfType<(Guid, string)>())
            {
                transitions.Add((tasks.GetValueOrDefault(offer, "draft"), status));
                tasks[offer] = status;
            }
        }
        return transitions;
    }

    private static (Guid Offer, string Status)? TaskOf(object message, Need need) => message switch
    {
        OfferMade m => (m.OfferId, "requested"),
        OfferAccepted m => (m.OfferId, "accepted"),
        OfferDeclined m => (m.OfferId, "rejected"),
        OfferExpired m => (m.OfferId, "cancelled"),
        OfferWithdrawn m => (m.OfferId, "cancelled"),
        NeedEngaged => (need.OfferId!.Value, "in-progress"),
        NeedCompleted => (need.OfferId!.Value, "completed"),
        _ => null,
    };
}
