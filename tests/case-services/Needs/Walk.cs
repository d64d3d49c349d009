using MassTransit;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.CaseServices.Needs;
using SafeHarbor.CaseServices.Offers;
using SafeHarbor.CaseServices.Providers;
using SafeHarbor.CaseServices.Referrals;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.CaseServices;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;
using SafeHarbor.TestServers;

namespace SafeHarbor.CaseServices.Tests.Needs;

/// <summary>A need that events are raised on, with two providers in the directory and a clock that stands still; no server anywhere.</summary>
internal sealed class Walk
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 23, 30, 0, TimeSpan.Zero);
    public static readonly string[] States = ["Initial", "WaitingForCounty", "Offered", "Accepted", "Engaged", "Completed", "Unfilled"];
    public static readonly string[] Events =
    [
        "opened", "opened emergency", "released", "accept", "accept stale", "decline", "decline stale", "ran out", "ran out stale",
        "notice lost", "notice lost stale", "county notice lost", "engage", "complete", "remind", "remind stale", "accept late", "ask again", "rank again", "renew access", "end access",
        "supplemented", "supplemented for the county", "retracted",
    ];

    private static readonly Guid Stale = Guid.NewGuid();
    // A machine has no state of its own, and building one compiles some hundred expressions.
    private static readonly NeedMachine WithTwo = MachineOf(Directory("first", "second"));
    private readonly NeedMachine _machine;

    public Walk(ProviderDirectory? directory = null) => _machine = directory is null ? WithTwo : MachineOf(directory);

    public Need Need { get; } = new() { CorrelationId = Guid.CreateVersion7() };
    public UnitOfWork Unit { get; private set; } = new();

    public string State => Need.CurrentState.Length == 0 ? "Initial" : Need.CurrentState;
    public string Messages => string.Join(' ', Unit.Messages.Select(m => m.GetType().Name));
    public T Single<T>() => Unit.Messages.OfType<T>().ShouldHaveSingleItem();

    /// <summary>A need that has come to a state in the usual way.</summary>
    public static async Task<Walk> ToAsync(string state)
    {
        var walk = new Walk();
        foreach (var step in state switch
        {
            "Initial" => [],
            "WaitingForCounty" => ["opened"],
            "Offered" => ["opened emergency"],
            "Accepted" => ["opened emergency", "accept"],
            "Engaged" => ["opened emergency", "accept", "engage"],
            "Completed" => ["opened emergency", "accept", "engage", "complete"],
            "Unfilled" => new[] { "opened emergency", "decline", "decline" },
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        })
            (await walk.RaiseAsync(step)).ShouldBeTrue();
        walk.State.ShouldBe(state);
        return walk;
    }

    /// <summary>Raises an event by name; false when the state refuses it.</summary>
    public Task<bool> RaiseAsync(string name)
    {
        Unit = new();
        var (id, offer) = (Need.CorrelationId, Need.OfferId ?? Guid.NewGuid());
        return name switch
        {
            "opened" => Raise(_machine.Opened, Opened(emergency: false)),
            "opened emergency" => Raise(_machine.Opened, Opened(emergency: true)),
            "released" => Raise(_machine.Released, new ReleaseNeed { Need = Opened(emergency: false) }),
            "accept" => Raise(_machine.Accepting, new AcceptOffer(offer)),
            "accept stale" => Raise(_machine.Accepting, new AcceptOffer(Stale)),
            "accept late" => Raise(_machine.AcceptingLate, new AcceptOfferLate("second")),
            "ask again" => Raise(_machine.AskingAgain, new AskAgain()),
            "rank again" => Raise(_machine.RankedAgain, new RankNeedAgain(Need.EncounterId, id)),
            "renew access" => Raise(_machine.RenewingAccess, new RenewProvidersAccess()),
            "end access" => Raise(_machine.EndingAccess, new EndProvidersAccess()),
            "supplemented" => Raise(_machine.Supplemented, new SupplementNeed { EncounterId = Need.EncounterId, NeedId = id, IsForWhoeverMeetsTheChild = true, Child = new() { GuardianUnsafe = true } }),
            "supplemented for the county" => Raise(_machine.Supplemented, new SupplementNeed { EncounterId = Need.EncounterId, NeedId = id, IsForWhoeverMeetsTheChild = false, ImmediateDanger = true }),
            "retracted" => Raise(_machine.Retracted, new RetractNeed(Need.EncounterId, id, Now)),
            "decline conflict" => Raise(_machine.Declining, new DeclineOffer(offer, "SAFETY_CONFLICT")),
            "decline" => Raise(_machine.Declining, new DeclineOffer(offer, "NO_CAPACITY")),
            "decline stale" => Raise(_machine.Declining, new DeclineOffer(Stale, "NO_CAPACITY")),
            "ran out" => Raise(_machine.RanOut, new OfferRanOut(Need.EncounterId, id, offer)),
            "ran out stale" => Raise(_machine.RanOut, new OfferRanOut(Need.EncounterId, id, Stale)),
            "notice lost" => Raise(_machine.NoticeLost, Lost(NeedNotices.OfOffer(offer))),
            "notice lost stale" => Raise(_machine.NoticeLost, Lost(Stale)),
            "engage" => Raise(_machine.Engaging, new EngageNeed()),
            "complete" => Raise(_machine.Completing, new CompleteNeed()),
            "county notice lost" => Raise(_machine.NoticeLost, Lost(Guid.NewGuid(), Need.Responder)),
            "remind" => Raise(_machine.Reminding, new RemindOfNeed(Need.EncounterId, id, Need.Reminder ?? Guid.NewGuid())),
            "remind stale" => Raise(_machine.Reminding, new RemindOfNeed(Need.EncounterId, id, Stale)),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }

    /// <summary>These providers, in the order in which they are asked.</summary>
    public static ProviderDirectory Directory(params string[] providers)
    {
        var directory = new ProviderDirectory(TestStates.California);
        directory.Load([.. providers.Select((slug, i) => (slug, (ListedProvider?)Samples.Provider(slug, i + 1, 60 * (i + 1)).Listed()))]);
        return directory;
    }

    /// <summary>Says that something about a provider has changed by now.</summary>
    public static void Change(ProviderDirectory directory, string provider) =>
        directory.Load([.. directory.Listed.Select(p => (p.Provider.Slug, (ListedProvider?)(p.Provider.Slug == provider ? p with { ChangedAt = Now.AddSeconds(1) } : p)))]);

    private static NeedMachine MachineOf(ProviderDirectory directory) => new(new NeedSteps(directory, new(), new("case-services"), TestStates.California, new FakeTimeProvider(Now)));

    private NeedOpened Opened(bool emergency) => Samples.Opened(Need.CorrelationId) with { Emergency = emergency };

    private NoticeUndeliverable Lost(Guid notice, Organization? organization = null) => new()
    {
        EncounterId = Need.EncounterId,
        At = Now,
        NoticeId = notice,
        RequestedBy = Need.CorrelationId,
        Organization = organization ?? Organization.OfProvider("first"),
        Reason = "NO_ENDPOINT",
    };

    private Task<bool> Raise<T>(Event<T> @event, T message) where T : class => SagaStep.RaiseAsync(_machine, Need, @event, message, Unit);
}
