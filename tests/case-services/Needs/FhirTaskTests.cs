using FsCheck;
using FsCheck.Fluent;
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
        var tasks = new Dictionary<string, string>();
        var transitions = new List<(string, string)>();
        foreach (var name in events)
        {
            await walk.RaiseAsync(name);
            foreach (var (provider, status) in walk.Unit.Messages.Select(TaskOf).OfType<(string, string)>())
            {
                transitions.Add((tasks.GetValueOrDefault(provider, "draft"), status));
                tasks[provider] = status;
            }
        }
        return transitions;
    }

    private static (string Provider, string Status)? TaskOf(object message) => message switch
    {
        OfferMade m => (m.Provider, "requested"),
        OfferAccepted m => (m.Provider, "accepted"),
        OfferDeclined m => (m.Provider, "rejected"),
        OfferExpired m => (m.Provider, "cancelled"),
        OfferWithdrawn m => (m.Provider, "cancelled"),
        NeedEngaged m => (m.Provider, "in-progress"),
        NeedCompleted m => (m.Provider, "completed"),
        _ => null,
    };
}
