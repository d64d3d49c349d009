using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using SafeHarbor.CaseServices.Needs;
using SafeHarbor.CaseServices.Offers;
using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.CaseServices.Tests.Needs;

/// <summary>What is said when a state does not allow a command, as a table: the problem, the operations that it leads to, and that the state takes those that act on the need.</summary>
public sealed partial class RefusalTests
{
    // Whom a need is hidden from is no refusal: a provider sees it once it has accepted.
    private static readonly Dictionary<(string State, string Command), string> Refusals = new()
    {
        [("WaitingForCounty", "ask again")] = "need-waits-for-county: POST /v1/handoffs/{handoffId}/accept",
        [("WaitingForCounty", "renew access")] = "need-not-accepted: POST /v1/handoffs/{handoffId}/accept",
        [("WaitingForCounty", "end access")] = "need-not-accepted: POST /v1/handoffs/{handoffId}/accept",
        [("Offered", "renew access")] = "need-not-accepted: GET /v1/needs/{needId}",
        [("Offered", "end access")] = "need-not-accepted: GET /v1/needs/{needId}",
        [("Unfilled", "renew access")] = "need-not-accepted: POST /v1/needs/{needId}/ask-again",
        [("Unfilled", "end access")] = "need-not-accepted: POST /v1/needs/{needId}/ask-again",
        [("Accepted", "ask again")] = "need-taken: GET /v1/needs/{needId}, GET /v1/providers/{slug}",
        [("Engaged", "ask again")] = "need-taken: GET /v1/needs/{needId}, GET /v1/providers/{slug}",
        [("Completed", "ask again")] = "need-completed: GET /v1/needs/{needId}, GET /v1/providers/{slug}",
        [("Completed", "renew access")] = "need-completed: POST /v1/needs/{needId}/end-access",
        [("Completed", "engage")] = "need-completed: GET /v1/needs/{needId}",
    };

    private static readonly Dictionary<string, string> Commands = new()
    {
        ["POST /v1/needs/{needId}/ask-again"] = "ask again",
        ["POST /v1/needs/{needId}/end-access"] = "end access",
        ["POST /v1/handoffs/{handoffId}/accept"] = "released",
    };

    public static TheoryData<string, string> All()
    {
        var all = new TheoryData<string, string>();
        foreach (var state in Walk.States.Skip(1))
            foreach (var command in new[] { "ask again", "renew access", "end access", "engage", "complete" })
                if (state is "Accepted" or "Engaged" or "Completed" || command is not ("engage" or "complete"))
                    all.Add(state, command);
        return all;
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_command_that_a_state_refuses_leads_to_a_step_that_it_takes(string state, string command)
    {
        var walk = await Walk.ToAsync(state);

        (await walk.RaiseAsync(command)).ShouldBe(!Refusals.ContainsKey((state, command)), "whether the state takes the command");

        if (!Refusals.TryGetValue((state, command), out var refusal))
            return;
        var said = command switch
        {
            "ask again" => AskingAgain.Refused(walk.Need),
            "engage" or "complete" => FollowThrough.Refused(walk.Need),
            _ => ActOnAccess.Refused(walk.Need),
        };
        Said(said).ShouldBe(refusal);
        foreach (var step in StepsOf(said).Where(Commands.ContainsKey))
            (await (await Walk.ToAsync(state)).RaiseAsync(Commands[step])).ShouldBeTrue($"{state} takes {step}");
        if (StepsOf(said).Contains("GET /v1/providers/{slug}"))
            NeedView.Of(walk.Need, walk.Need.Responder).AcceptedBy.ShouldNotBeNull("the need names the provider that is to be called");
    }

    [Theory]
    [InlineData(OfferStates.Declined, null, "offer-declined:")]
    [InlineData(OfferStates.Expired, null, "offer-expired: GET /v1/offers")]
    [InlineData(OfferStates.Withdrawn, WithdrawalReasons.Filled, "offer-withdrawn: GET /v1/offers")]
    [InlineData(OfferStates.Withdrawn, WithdrawalReasons.Undeliverable, "offer-withdrawn: POST /v1/endpoints/{endpointId}/test, GET /v1/offers")]
    [InlineData(OfferStates.Offered, null, "offer-not-answered: GET /v1/offers/{offerId}")]
    public void An_acceptance_that_is_refused_says_by_the_offers_state_what_is_left_to_do(string state, string? reason, string refusal) =>
        Said(AnswerOffer.AcceptRefused(new() { State = state, Reason = reason })).ShouldBe(refusal);

    [Theory]
    [InlineData(OfferStates.Accepted, null, "offer-accepted: GET /v1/needs/{needId}")]
    [InlineData(OfferStates.Expired, null, "offer-expired: POST /v1/offers/{offerId}/accept")]
    [InlineData(OfferStates.Withdrawn, WithdrawalReasons.Filled, "offer-withdrawn: GET /v1/offers")]
    [InlineData(OfferStates.Withdrawn, WithdrawalReasons.Undeliverable, "offer-withdrawn: POST /v1/endpoints/{endpointId}/test, GET /v1/offers")]
    [InlineData(OfferStates.Offered, null, "offer-not-answered: GET /v1/offers/{offerId}")]
    public void Declining_that_is_refused_says_by_the_offers_state_what_is_left_to_do(string state, string? reason, string refusal) =>
        Said(AnswerOffer.DeclineRefused(new() { State = state, Reason = reason })).ShouldBe(refusal);

    [Fact]
    public async Task An_offer_whose_time_is_over_is_still_accepted_while_nobody_has_the_need_as_is_said()
    {
        var walk = await Walk.ToAsync("Offered");
        foreach (var step in new[] { "ran out", "ran out", "accept late" })
            (await walk.RaiseAsync(step)).ShouldBeTrue(step);

        (walk.State, walk.Need.AcceptedBy).ShouldBe(("Accepted", "second"));
    }

    [Fact]
    public async Task Who_has_declined_is_asked_again_when_the_county_has_everybody_asked_as_is_said()
    {
        var walk = await Walk.ToAsync("Unfilled");

        (await walk.RaiseAsync("ask again")).ShouldBeTrue();

        walk.Need.OfferedTo.ShouldBe("first");
    }

    private static string Said(ProblemHttpResult problem) => $"{problem.ProblemDetails.Type!.Split('/')[^1]}: {string.Join(", ", StepsOf(problem))}".Trim();

    private static IReadOnlyList<string> StepsOf(ProblemHttpResult problem) => [.. Step().Matches(problem.ProblemDetails.Detail!).Select(step => step.Value)];

    [GeneratedRegex("(GET|POST|PUT) /v1/[a-z0-9/{}-]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Step();
}
