using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Local.Demo;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Sandbox;

/// <summary>Counties, providers and the desk of a sandbox: each answers its notices by rule, over the public APIs, with its own organization's token.</summary>
internal sealed class SandboxActors(PublicApi api, SandboxFile rules, Pace pace, TimeProvider time, Action<string> say)
{
    private static readonly object Nothing = new { };

    /// <summary>Who registers an endpoint: every county but the unattended ones, every other recipient and provider that is played, the desk.</summary>
    public IEnumerable<string> Organizations =>
    [
        .. HomeState.Current.Counties.Select(county => county.Organization.Text).Where(county => rules.BehaviorOf(county) != CountyBehavior.Unattended),
        .. rules.Recipients,
        .. rules.Providers.Keys,
        .. DecliningProviders.Slugs.Select(slug => $"{Organization.Provider}:{slug}"),
        PublicApi.Operator,
    ];

    /// <summary>Whether an organization's endpoint takes anything.</summary>
    public bool IsDown(string organization) => rules.BehaviorOf(organization) == CountyBehavior.Down;

    /// <summary>Adds the providers that decline for each reason, unless an earlier run has.</summary>
    public async Task AddProvidersAsync(CancellationToken cancellationToken)
    {
        var there = new HashSet<string?>();
        for (string? path = "/v1/providers?limit=200"; path is not null;)
        {
            var page = await api.GetAsync(ServiceKind.CaseServices, PublicApi.Operator, path, cancellationToken);
            there.UnionWith(page.Items().Select(provider => provider.Text("slug")));
            path = page.Text("next") is { } next ? $"/v1/providers?limit=200&after={Uri.EscapeDataString(next)}" : null;
        }

        foreach (var (slug, provider) in DecliningProviders.Slugs.Zip(DecliningProviders.In(rules.DecliningCounty)).Where(pair => !there.Contains(pair.First)))
            await api.PostAsync(ServiceKind.CaseServices, PublicApi.Operator, "/v1/providers", provider, cancellationToken);
    }

    /// <summary>Answers a notice, in its own time; what is refused is only told, because somebody else may have been faster.</summary>
    public async Task AnswerAsync(Notice notice, CancellationToken cancellationToken)
    {
        try
        {
            await (notice.Type switch
            {
                // What is only guessed is left to the desk.
                "handoff.opened" or "handoff.confirmed" or "handoff.referred-on" when notice.Organization.StartsWith(Organization.County, StringComparison.Ordinal) || rules.Recipients.Contains(notice.Organization) => TakeOverAsync(notice, cancellationToken),
                "offer.made" => AnswerOfferAsync(notice, cancellationToken),
                "jurisdiction.undetermined" => AssignAsync(notice, cancellationToken),
                _ => Task.CompletedTask,
            });
        }
        catch (Exception refused) when (refused is DemoFailedException or HttpRequestException)
        {
            say($"{notice.Organization}: {refused.Message}");
        }
        catch (OperationCanceledException)
        {
            // The sandbox ends, and with it what was to be done later.
        }
    }

    private async Task TakeOverAsync(Notice notice, CancellationToken cancellationToken)
    {
        var behavior = rules.BehaviorOf(notice.Organization);
        if (behavior == CountyBehavior.Silent)
            return;
        var own = behavior == CountyBehavior.Slow ? pace.TenTimesSlower : pace;
        await Task.Delay(own.Acknowledge, time, cancellationToken);
        await api.PostAsync(ServiceKind.CountyRouting, notice.Organization, $"/v1/handoffs/{notice.Subject}/acknowledge", Nothing, cancellationToken);
        await Task.Delay(own.Accept, time, cancellationToken);
        await api.PostAsync(ServiceKind.CountyRouting, notice.Organization, $"/v1/handoffs/{notice.Subject}/accept", Nothing, cancellationToken);
    }

    private async Task AnswerOfferAsync(Notice notice, CancellationToken cancellationToken)
    {
        var behavior = rules.Providers.GetValueOrDefault(notice.Organization, ProviderBehavior.Accept);
        var reason = behavior == ProviderBehavior.Decline ? DeclineReasons.NoCapacity : DecliningProviders.ReasonOf(notice.Organization[(Organization.Provider.Length + 1)..]);
        if (behavior == ProviderBehavior.Silent)
            return;
        if (reason is not null)
        {
            await api.PostAsync(ServiceKind.CaseServices, notice.Organization, $"/v1/offers/{notice.Subject}/decline", new { reason }, cancellationToken);
            return;
        }

        await Task.Delay(pace.Acknowledge, time, cancellationToken);
        var offer = await api.PostAsync(ServiceKind.CaseServices, notice.Organization, $"/v1/offers/{notice.Subject}/accept", Nothing, cancellationToken);
        await api.PostAsync(ServiceKind.CaseServices, notice.Organization, $"/v1/needs/{offer.Text("needId")}/engaged", Nothing, cancellationToken);
        await Task.Delay(pace.Accept, time, cancellationToken);
        await api.PostAsync(ServiceKind.CaseServices, notice.Organization, $"/v1/needs/{offer.Text("needId")}/completed", Nothing, cancellationToken);
    }

    private async Task AssignAsync(Notice notice, CancellationToken cancellationToken)
    {
        // Whoever tries to be a county takes the time that it takes: nobody takes its report from it.
        var item = await api.GetAsync(ServiceKind.CountyRouting, notice.Organization, $"/v1/desk/{notice.Subject}", cancellationToken);
        if (item.Text("reason") == UndeterminedReasons.CountySilent)
            return;
        await Task.Delay(pace.Acknowledge, time, cancellationToken);
        await api.PostAsync(ServiceKind.CountyRouting, notice.Organization, $"/v1/desk/{notice.Subject}/assign", new { organization = rules.DeskAssigns }, cancellationToken);
    }
}

/// <summary>How long everybody takes.</summary>
/// <param name="Acknowledge">From a notice to the first answer.</param>
/// <param name="Accept">From then to the next.</param>
internal sealed record Pace(TimeSpan Acknowledge, TimeSpan Accept)
{
    public Pace TenTimesSlower => new(Acknowledge * 10, Accept * 10);
}
