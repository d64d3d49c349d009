using System.Text.Json;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Demo;

/// <summary>Everybody in the cast: registers for webhooks and answers them over the public APIs, each with its own organization's token.</summary>
internal sealed class Actors(PublicApi api, WebhookReceiver receiver)
{
    private static readonly object Nothing = new { };
    private readonly List<(string Organization, string Endpoint)> _registered = [];

    public Task RegisterAsync(CancellationToken cancellationToken) => Task.WhenAll(Cast.Answers.Keys.Select(async organization =>
        {
            var endpoint = await api.PostAsync(
                ServiceKind.Notification, organization, "/v1/endpoints", new { url = receiver.AddressFor(organization), organization }, cancellationToken);
            receiver.Trust(organization, endpoint.Text("secret") ?? throw new DemoFailedException($"The endpoint of {organization} came without a secret: {endpoint}"));
            lock (_registered)
                _registered.Add((organization, endpoint.Text("endpointId")!));
            await api.ConfirmAsync(organization, endpoint, cancellationToken);
        }));

    public async Task UnregisterAsync(CancellationToken cancellationToken)
    {
        foreach (var (organization, endpoint) in _registered)
            await api.DeleteAsync(ServiceKind.Notification, organization, $"/v1/endpoints/{endpoint}", cancellationToken);
    }

    /// <summary>Answers notices until cancelled.</summary>
    public async Task AnswerAsync(CancellationToken cancellationToken)
    {
        await foreach (var notice in receiver.Notices.ReadAllAsync(cancellationToken))
            try
            {
                await AnswerAsync(notice, cancellationToken);
            }
            catch (Exception refused) when (refused is DemoFailedException or HttpRequestException)
            {
                // Somebody else may have been faster; whether it matters, the timeline says.
                Console.WriteLine($"  {"",12}  {refused.Message}");
            }
    }

    private Task AnswerAsync(Notice notice, CancellationToken cancellationToken) => (notice.Type, Cast.Answers[notice.Organization]) switch
    {
        // What is only guessed is left to the desk.
        ("handoff.opened" or "handoff.confirmed" or "handoff.referred-on", Behavior.Accept) => TakeOverAsync(notice, cancellationToken),
        ("handoff.opened", Behavior.ReferOn) => api.PostAsync(ServiceKind.CountyRouting, notice.Organization, $"{notice.Link}/refer-on",
            new { organization = Cast.ReferredOnTo, reason = "CHILD_IS_THERE" }, cancellationToken),
        ("jurisdiction.undetermined", Behavior.Assign) => AssignAsync(notice, cancellationToken),
        ("offer.made", Behavior.Accept) => ServeAsync(notice, cancellationToken),
        ("offer.made", Behavior.Decline) => api.PostAsync(
            ServiceKind.CaseServices, notice.Organization, $"/v1/offers/{notice.Subject}/decline", new { reason = "NO_CAPACITY" }, cancellationToken),
        _ => Task.CompletedTask,
    };

    /// <summary>Where the notice says that the handoff is: at the statewide system, or at the county's node.</summary>
    private async Task TakeOverAsync(Notice notice, CancellationToken cancellationToken)
    {
        await api.PostAsync(ServiceKind.CountyRouting, notice.Organization, $"{notice.Link}/acknowledge", Nothing, cancellationToken);
        var accepted = await api.PostAsync(ServiceKind.CountyRouting, notice.Organization, $"{notice.Link}/accept", Nothing, cancellationToken);
        if (accepted.Text("role") == "RESPONDER")
            await SendWorkerAsync(notice.Organization, $"/v1/reports/{accepted.Text("reportId")}", cancellationToken);
    }

    /// <summary>The county says who has the case, and that its worker has the child.</summary>
    private async Task SendWorkerAsync(string county, string report, CancellationToken cancellationToken)
    {
        await api.PutAsync(ServiceKind.Intake, county, $"{report}/whereabouts", new { holder = "COUNTY_WORKER", since = TimeProvider.System.GetUtcNow() }, cancellationToken);
        // That it has accepted comes to intake a moment later.
        for (var attempt = 1; ; attempt++)
            try
            {
                await api.PutAsync(ServiceKind.Intake, county, $"{report}/worker", new { name = "Sample Worker", phone = "+1-213-555-0150" }, cancellationToken);
                return;
            }
            catch (DemoFailedException) when (attempt < 10)
            {
                await Task.Delay(200, cancellationToken);
            }
    }

    private async Task AssignAsync(Notice notice, CancellationToken cancellationToken)
    {
        var desk = await api.GetAsync(ServiceKind.CountyRouting, notice.Organization, "/v1/desk", cancellationToken);
        if (!desk.GetRawText().Contains(notice.Subject, StringComparison.OrdinalIgnoreCase))
            throw new DemoFailedException($"The desk does not show {notice.Subject}.");
        // A person would call a county that does not answer: here nobody takes its report from it.
        var item = await api.GetAsync(ServiceKind.CountyRouting, notice.Organization, $"/v1/desk/{notice.Subject}", cancellationToken);
        if (item.Text("reason") == UndeterminedReasons.CountySilent)
            return;
        await api.PostAsync(
            ServiceKind.CountyRouting, notice.Organization, $"/v1/desk/{notice.Subject}/assign", new { organization = Cast.DeskAssigns }, cancellationToken);
    }

    private async Task ServeAsync(Notice notice, CancellationToken cancellationToken)
    {
        var offer = await api.PostAsync(ServiceKind.CaseServices, notice.Organization, $"/v1/offers/{notice.Subject}/accept", Nothing, cancellationToken);
        var need = NeedOf(offer) ?? NeedOf(await api.GetAsync(ServiceKind.CaseServices, notice.Organization, $"/v1/offers/{notice.Subject}", cancellationToken));
        foreach (var step in new[] { "engaged", "completed" })
            await api.PostAsync(ServiceKind.CaseServices, notice.Organization, $"/v1/needs/{need}/{step}", Nothing, cancellationToken);
    }

    private static string? NeedOf(JsonElement offer) => offer.Text("needId");
}
