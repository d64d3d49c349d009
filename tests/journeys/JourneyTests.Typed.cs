using SafeHarbor.Client;
using SafeHarbor.Client.CaseServices;
using SafeHarbor.Client.CountyRouting;
using SafeHarbor.Client.Intake;
using SafeHarbor.Client.Notification;
using SafeHarbor.Local.Tls;

namespace SafeHarbor.Journeys.Tests;

public abstract partial class Journeys
{
    // Nobody else acts for these two.
    private const string SanDiego = "06073";
    private const string County = $"county:{SanDiego}";
    private const string Slug = "typed-advocates";
    private static readonly CallSettings Settings = new() { Http = LocalHttp.Client(Timeout.InfiniteTimeSpan) };

    [Fact]
    public async Task Officer_county_and_provider_go_the_whole_way_with_the_published_client()
    {
        await using var receiver = await TypedReceiver.StartAsync(world.Installation, Cancellation);
        await receiver.RegisterAsync(County, Notification(County), Cancellation);
        await receiver.RegisterAsync($"provider:{Slug}", Notification($"provider:{Slug}"), Cancellation);
        await CaseServices(County).AddProviderAsync(Advocates(), cancellationToken: Cancellation);

        var receipt = await Intake(World.Officer).ReportEncounterAsync(ReportInSanDiego(), prefer: "wait=10", cancellationToken: Cancellation);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        var following = FollowAsync(receipt.EncounterId, patience.Token);
        var report = await ActAsync(receiver, patience.Token);
        var timeline = await following;

        var onRecord = (await Intake(World.Officer).GetEncounterAsync(receipt.EncounterId, cancellationToken: Cancellation)).Timeline;
        timeline.Select(news => news.Line.Sequence).ShouldBe(onRecord.Select(line => line.Sequence).Take(timeline.Count), "none is missed, and none comes twice");
        timeline.Select(news => news.Line.Type).ShouldContain("need.completed.v1");
        report.Child!.Name!.Given.ShouldBe("Sample");
        timeline[^1].Encounter.Reports.ShouldHaveSingleItem().Handoffs.ShouldHaveSingleItem().Organization.ShouldBe(County);
        (await Intake(World.Officer).ListEncountersAsync(cancellationToken: Cancellation).AnyAsync(listed => listed.EncounterId == receipt.EncounterId, Cancellation)).ShouldBeTrue();
    }

    /// <summary>The officer sees each step, until nothing is left to do.</summary>
    private async Task<List<TimelineNews>> FollowAsync(Guid encounterId, CancellationToken cancellation)
    {
        var timeline = new List<TimelineNews>();
        await foreach (var news in Intake(World.Officer).FollowEncounterAsync(encounterId, cancellationToken: cancellation))
        {
            timeline.Add(news);
            // Lines that come together come with the encounter as it is after the last of them.
            if (news.Encounter.Status == EncounterStatuses.Completed && news.Line.Sequence == news.Encounter.Timeline[^1].Sequence)
                break;
        }
        return timeline;
    }

    /// <summary>The county accepts and reads; the provider accepts, and does what is needed.</summary>
    private async Task<DisclosedReport> ActAsync(TypedReceiver receiver, CancellationToken cancellation)
    {
        // Webhooks come in any order.
        DisclosedReport? report = null;
        var isCompleted = false;
        await foreach (var (organization, notice) in receiver.Notices.ReadAllAsync(cancellation))
        {
            switch (notice.Type)
            {
                case "org.safeharbor.handoff.opened.v1":
                    var handoff = await CountyRouting(organization).AcceptHandoffAsync(notice.Data.HandoffId!.Value, cancellation);
                    report = await Intake(organization).ReadReportAsync(handoff.ReportId, cancellationToken: cancellation);
                    break;
                case "org.safeharbor.offer.made.v1":
                    var offer = await CaseServices(organization).AcceptOfferAsync(notice.Data.OfferId!.Value, cancellation);
                    await CaseServices(organization).EngageNeedAsync(offer.NeedId, cancellation);
                    await CaseServices(organization).CompleteNeedAsync(offer.NeedId, cancellation);
                    isCompleted = true;
                    break;
            }
            if (report is not null && isCompleted)
                return report;
        }
        throw new InvalidOperationException("Nobody is told any more.");
    }

    private static EncounterReport ReportInSanDiego() => new()
    {
        Source = new Source { AgencyOri = World.Officer.Split(':')[1], IncidentNumber = $"26-{Guid.NewGuid():N}"[..16], System = "journey-tests" },
        LearnedAt = DateTimeOffset.UtcNow.AddMinutes(-10),
        Location = new Client.Intake.Place { Latitude = 32.7157, Longitude = -117.1611, AccuracyMeters = 15 },
        Children = [new Child { Name = new PersonName { Given = "Sample", Family = "Child" }, ApproximateAge = 15, Gender = Client.Intake.Genders.Female, Needs = [Client.Intake.NeedTypes.Advocate] }],
    };

    private static Provider Advocates() => new()
    {
        Slug = Slug,
        Name = "Typed Advocates",
        Languages = ["en"],
        Services = [new ProviderService { Type = Client.CaseServices.NeedTypes.Advocate, AgeBands = [Client.CaseServices.AgeBands._13To15], Genders = [Client.CaseServices.Genders.Female], AroundTheClock = true }],
        Contracts = [new Contract { CountyFips = SanDiego, Reference = "SD-1", From = new DateOnly(2026, 1, 1) }],
    };

    private IntakeClient Intake(string organization) => new(world.Installation.Intake.Address, Tokens(organization), Settings);

    private CountyRoutingClient CountyRouting(string organization) => new(world.Installation.CountyRouting.Address, Tokens(organization), Settings);

    private NotificationClient Notification(string organization) => new(world.Installation.Notification.Address, Tokens(organization), Settings);

    private CaseServicesClient CaseServices(string organization) => new(world.Installation.CaseServices.Address, Tokens(organization), Settings);

    private GivenTokens Tokens(string organization) => new(_ => ValueTask.FromResult(world.Installation.Keys.Token(organization)));

}
