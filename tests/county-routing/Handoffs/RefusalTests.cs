using System.Text.RegularExpressions;
using MassTransit;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.CountyRouting.Desk;
using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.Messaging.Sagas;
using SafeHarbor.TestServers;

namespace SafeHarbor.CountyRouting.Tests.Handoffs;

/// <summary>What is said when a state does not allow a command, as a table: the problem, the operations that it leads to, and that the state takes them.</summary>
public sealed partial class RefusalTests
{
    private static readonly Organization Orange = Organization.Parse("county:06059");
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 7, 30, 0, TimeSpan.Zero);

    // What is not listed is taken.
    private static readonly Dictionary<(string State, string Command), string> Refusals = new()
    {
        [("Open", "renew")] = "handoff-state: POST /v1/handoffs/{handoffId}/accept",
        [("Notified", "renew")] = "handoff-state: POST /v1/handoffs/{handoffId}/accept",
        [("Acknowledged", "renew")] = "handoff-state: POST /v1/handoffs/{handoffId}/accept",
        [("Withdrawn", "acknowledge")] = "handoff-withdrawn:",
        [("Withdrawn", "accept")] = "handoff-withdrawn:",
        [("Withdrawn", "renew")] = "handoff-withdrawn:",
        [("Withdrawn", "refer-on")] = "handoff-withdrawn:",
        [("Referring", "refer-on")] = "handoff-referred-on: GET /v1/handoffs/{handoffId}",
        [("ReferredOn", "acknowledge")] = "handoff-referred-on: GET /v1/handoffs/{handoffId}",
        [("ReferredOn", "accept")] = "handoff-referred-on: GET /v1/handoffs/{handoffId}",
        [("ReferredOn", "renew")] = "handoff-referred-on: GET /v1/handoffs/{handoffId}",
        [("ReferredOn", "refer-on")] = "handoff-referred-on: GET /v1/handoffs/{handoffId}",
        [("Closed", "renew")] = "handoff-closed: POST /v1/handoffs/{handoffId}/determine-response",
        [("Closed", "refer-on")] = "handoff-closed: POST /v1/handoffs/{handoffId}/determine-response",
        [("Closed", "in-person")] = "response-not-determined: POST /v1/handoffs/{handoffId}/determine-response",
        [("Accepted", "in-person")] = "response-not-determined: POST /v1/handoffs/{handoffId}/determine-response",
        [("Accepted", "close")] = "response-owed: POST /v1/handoffs/{handoffId}/determine-response, POST /v1/handoffs/{handoffId}/record-in-person",
        [("ResponseDetermined", "close")] = "response-owed: POST /v1/handoffs/{handoffId}/determine-response, POST /v1/handoffs/{handoffId}/record-in-person",
    };

    private readonly FakeTimeProvider _clock = new(Now);
    private readonly CountyDirectory _directory = new(Maps.California, new(false));

    public RefusalTests()
    {
        _directory.Load([]);
        foreach (var command in new[] { "determine", "in-person", "close" })
        {
            foreach (var state in new[] { "Open", "Notified", "Acknowledged" })
                Refusals[(state, command)] = "handoff-state: POST /v1/handoffs/{handoffId}/accept";
            foreach (var state in new[] { "Referring", "ReferredOn" })
                Refusals[(state, command)] = "handoff-referred-on: GET /v1/handoffs/{handoffId}";
            Refusals[("Withdrawn", command)] = "handoff-withdrawn:";
        }
    }

    public static TheoryData<string, string> All()
    {
        var all = new TheoryData<string, string>();
        foreach (var state in new[] { "Open", "Notified", "Acknowledged", "Accepted", "Withdrawn", "Referring", "ReferredOn", "ResponseDetermined", "Closed" })
            foreach (var command in new[] { "acknowledge", "accept", "renew", "refer-on", "determine", "in-person", "close" })
                all.Add(state, command);
        return all;
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_command_that_a_handoffs_state_refuses_leads_to_a_step_that_it_takes(string state, string command)
    {
        var machine = new HandoffMachine(_directory, new("county-routing"), TestStates.California.Law, _clock);
        var handoff = await InAsync(machine, state);

        (await RaiseAsync(machine, handoff, command)).ShouldBe(!Refusals.ContainsKey((state, command)), "whether the state takes the command");

        if (!Refusals.TryGetValue((state, command), out var refusal))
            return;
        Said(command switch
        {
            "refer-on" => ReferOnHandoff.Refused(handoff),
            "determine" => DetermineHandoffResponse.Refused(handoff),
            "in-person" => RecordInPerson.Refused(handoff),
            "close" => CloseHandoffs.Refused(handoff),
            _ => ActOnHandoff.Refused(handoff),
        }).ShouldBe(refusal);
        if (state is "Referring" or "ReferredOn")
            HandoffView.Of(handoff, TestServers.TestStates.California.Law).ReferredTo.ShouldBe(Orange, "the handoff names the county that is to be called");
        if (refusal.Contains("/determine-response", StringComparison.Ordinal))
            (await RaiseAsync(machine, handoff, "determine")).ShouldBeTrue($"{state} takes the step");
        if (refusal.EndsWith("/accept", StringComparison.Ordinal))
            (await RaiseAsync(machine, await InAsync(machine, state), "accept")).ShouldBeTrue($"{state} takes the step");
    }

    [Theory]
    [InlineData(Role.Residence), InlineData(Role.Dependency), InlineData(Role.Courtesy)]
    public async Task Who_does_not_respond_refers_nothing_on_and_may_accept_its_part(Role role)
    {
        var machine = new HandoffMachine(_directory, new("county-routing"), TestStates.California.Law, _clock);
        var handoff = new Handoff { CorrelationId = Guid.NewGuid() };
        await RaiseAsync(machine, handoff, machine.Opened, SampleHandoff.Opened(handoff.CorrelationId, Now) with { Role = role });

        (await RaiseAsync(machine, handoff, "refer-on")).ShouldBeFalse();

        Said(ReferOnHandoff.Refused(handoff)).ShouldBe("handoff-not-responder: POST /v1/handoffs/{handoffId}/accept");
        (await RaiseAsync(machine, handoff, "accept")).ShouldBeTrue();
        (await RaiseAsync(machine, handoff, "refer-on")).ShouldBeFalse();
    }

    [Fact]
    public async Task Who_has_referred_a_report_on_may_get_it_back_as_is_said()
    {
        var machine = new HandoffMachine(_directory, new("county-routing"), TestStates.California.Law, _clock);
        var handoff = await InAsync(machine, "ReferredOn");

        await RaiseAsync(machine, handoff, machine.Opened, SampleHandoff.Opened(handoff.CorrelationId, Now) with { Referral = new() { HandoffId = Guid.NewGuid(), Hops = [new(Orange, handoff.Organization, ReferralReasons.LivesThere, Now)] } });

        (await RaiseAsync(machine, handoff, "accept")).ShouldBeTrue();
    }

    [Fact]
    public async Task Who_was_withdrawn_responds_when_the_desk_decides_anew_as_is_said()
    {
        var machine = new HandoffMachine(_directory, new("county-routing"), TestStates.California.Law, _clock);
        var handoff = await InAsync(machine, "Withdrawn");

        await RaiseAsync(machine, handoff, machine.Confirmed, SampleHandoff.Confirmed(handoff, Now));

        (await RaiseAsync(machine, handoff, "accept")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Waiting", null)]
    [InlineData("Assigned", null)]
    [InlineData("Taken", "already-accepted: GET /v1/desk/{deskItemId}")]
    public async Task The_desk_decides_until_a_county_has_accepted_and_then_is_told_which_has(string state, string? refusal)
    {
        var machine = new DeskItemMachine(Maps.California.State, new(Maps.California, new(Maps.California, _directory, _clock), _clock), new("county-routing"), _clock);
        var item = new DeskItem { CorrelationId = Guid.NewGuid() };
        var (sacramento, placer) = (Organization.Parse("county:06067"), Organization.Parse("county:06061"));
        await RaiseAsync(machine, item, machine.Undetermined, new JurisdictionUndetermined
        {
            EncounterId = Guid.NewGuid(),
            At = Now,
            DeskItemId = item.CorrelationId,
            Reason = UndeterminedReasons.NoLocation,
            Urgency = Urgencies.Prompt,
            Reports = [],
        });
        if (state != "Waiting")
            await RaiseAsync(machine, item, machine.Assign, new AssignDeskItem(sacramento, "desk-1"));
        if (state == "Taken")
            await RaiseAsync(machine, item, machine.Claimed, new JurisdictionClaimed { EncounterId = item.EncounterId, At = Now, DeskItemId = item.CorrelationId, Organization = sacramento });
        item.CurrentState.ShouldBe(state);

        (await RaiseAsync(machine, item, machine.Assign, new AssignDeskItem(placer, "desk-2"))).ShouldBe(refusal is null);

        if (refusal is null)
            return;
        Said(Assigning.Refused(item)).ShouldBe(refusal);
        DeskItemView.Of(item).AssignedOrganization.ShouldBe(sacramento, "the item names the county that is to be called");
    }

    internal static async Task<Handoff> InAsync(HandoffMachine machine, string state)
    {
        var handoff = new Handoff { CorrelationId = Guid.NewGuid() };
        await RaiseAsync(machine, handoff, machine.Opened, SampleHandoff.Opened(handoff.CorrelationId, Now));
        if (state is "Notified")
            await RaiseAsync(machine, handoff, machine.Delivered, SampleHandoff.Delivered(handoff, "county:06037", Now));
        if (state is "Acknowledged")
            await RaiseAsync(machine, handoff, "acknowledge");
        if (state is "Accepted" or "ResponseDetermined" or "Closed")
            await RaiseAsync(machine, handoff, "accept");
        if (state is "ResponseDetermined" or "Closed")
            await RaiseAsync(machine, handoff, "determine");
        if (state is "Closed")
        {
            await RaiseAsync(machine, handoff, "in-person");
            await RaiseAsync(machine, handoff, "close");
        }
        if (state is "Withdrawn")
            await RaiseAsync(machine, handoff, machine.WithdrawnByDesk, SampleHandoff.Withdrawn(handoff, Now));
        if (state is "Referring" or "ReferredOn")
            await RaiseAsync(machine, handoff, "refer-on");
        if (state is "ReferredOn")
            await RaiseAsync(machine, handoff, machine.TakenOver, new HandoffTakenOver
            {
                EncounterId = handoff.EncounterId,
                At = Now,
                ReportId = handoff.ReportId,
                HandoffId = handoff.CorrelationId,
                Organization = handoff.Organization,
                By = Orange,
                ReferredAt = handoff.Referrals[^1].At,
                ByHandoffId = Guid.NewGuid(),
            });
        handoff.CurrentState.ShouldBe(state);
        return handoff;
    }

    private static Task<bool> RaiseAsync(HandoffMachine machine, Handoff handoff, string command) => command switch
    {
        "acknowledge" => RaiseAsync(machine, handoff, machine.AcknowledgeRequested, new AcknowledgeHandoff()),
        "accept" => RaiseAsync(machine, handoff, machine.AcceptRequested, new AcceptHandoff("worker-1")),
        "determine" => RaiseAsync(machine, handoff, machine.DetermineRequested, new DetermineResponse(ResponseLevels.Immediate, null, "worker-1")),
        "in-person" => RaiseAsync(machine, handoff, machine.InPersonRequested, new RespondInPerson(Now)),
        "close" => RaiseAsync(machine, handoff, machine.CloseRequested, new CloseHandoff(ClosingReasons.CaseOpened)),
        "refer-on" => RaiseAsync(machine, handoff, machine.ReferOnRequested, new ReferOn(Orange, ReferralReasons.LivesThere, "worker-1")),
        _ => RaiseAsync(machine, handoff, machine.RenewRequested, new RenewAccess()),
    };

    private static Task<bool> RaiseAsync<TSaga, T>(MassTransitStateMachine<TSaga> machine, TSaga saga, Event<T> @event, T message) where TSaga : class, SagaStateMachineInstance where T : class =>
        SagaStep.RaiseAsync(machine, saga, @event, message, new(), cancellation: TestContext.Current.CancellationToken);

    private static string Said(ProblemHttpResult problem) =>
        $"{problem.ProblemDetails.Type!.Split('/')[^1]}: {string.Join(", ", Step().Matches(problem.ProblemDetails.Detail!).Select(step => step.Value))}".Trim();

    [GeneratedRegex("(GET|POST|PUT) /v1/[a-zA-Z0-9/{}-]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Step();
}
