using MassTransit;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Disclosure;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.CountyRouting.Desk;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.CountyRouting.Tests.Handoffs;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;

namespace SafeHarbor.CountyRouting.Tests.Desk;

public sealed class DeskItemMachineTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 7, 30, 0, TimeSpan.Zero);
    private readonly DeskItemMachine _machine;
    private readonly DeskItem _item = new() { CorrelationId = Guid.NewGuid() };
    private UnitOfWork _unit = new();

    public DeskItemMachineTests()
    {
        var clock = new FakeTimeProvider(Now);
        var directory = new CountyDirectory(Maps.California, new(false));
        directory.Load([("06067", PackFiles.DefaultsOf(Maps.California)[CountyFips.Parse("06067")] with { RetentionDays = 1825 }), .. new[] { "06019", "06029" }.Select(WithAgencies)]);
        _machine = new DeskItemMachine(Maps.California.State, new(Maps.California, new(Maps.California, directory, clock), clock), new("county-routing"), clock);
    }

    /// <summary>A county whose district attorney takes part, and the licensing office of all.</summary>
    private static (string, ProtocolPack?) WithAgencies(string fips) => (fips, PackFiles.DefaultsOf(Maps.California)[CountyFips.Parse(fips)] with
    {
        Agencies =
        [
            new() { Role = Role.DistrictAttorney, Organization = Organization.Parse($"da:{fips}"), Name = "District Attorney" },
            new() { Role = Role.Licensing, Organization = Organization.Parse("licensing:ca"), Name = "Licensing" },
        ],
    });

    private async Task<bool> Raise<T>(Event<T> @event, T message, Guid? timerToken = null) where T : class
    {
        _unit = new UnitOfWork();
        return await SagaStep.RaiseAsync(_machine, _item, @event, message, _unit, timerToken: timerToken, cancellation: TestContext.Current.CancellationToken);
    }

    private Task<bool> Arrive(params ReportedChild[] reports) => Raise(_machine.Undetermined, new JurisdictionUndetermined
    {
        EncounterId = Guid.NewGuid(),
        At = Now,
        DeskItemId = _item.CorrelationId,
        Reason = "NO_LOCATION",
        Urgency = Urgencies.Prompt,
        Reports = reports,
    });

    private async Task Dispute(string sender, ReportedChild report)
    {
        await Arrive(report);
        _item.Referral = new() { HandoffId = Guid.NewGuid(), Hops = [new(Organization.Parse(sender), Organization.Parse("county:06037"), ReferralReasons.LivesThere, Now)] };
        _unit = new();
    }

    private async Task Guess(string organization)
    {
        await Arrive(Child());
        _item.SuggestedOrganization = Organization.Parse(organization);
    }

    private static ReportedChild Child(int number = 1) => new() { ReportId = Guid.NewGuid(), ReportedAt = Now, Child = number, AgeBand = AgeBands.Unknown, Gender = Genders.Unknown };
    private Task<bool> Claim(string organization) => Raise(_machine.Claimed, new JurisdictionClaimed
    {
        EncounterId = _item.EncounterId,
        At = Now,
        DeskItemId = _item.CorrelationId,
        Organization = Organization.Parse(organization),
    });
    private string[] Told => [.. _unit.Messages.Select(m => m switch
    {
        HandoffConfirmed confirmed => $"confirmed {confirmed.Organization}",
        HandoffWithdrawn withdrawn => $"withdrawn {withdrawn.Organization}",
        HandoffOpened opened => $"opened {opened.Organization}",
        JurisdictionAssigned assigned => $"assigned {assigned.Organization}",
        DisclosureEnded ended => $"ended {ended.Organization}",
        _ => m.GetType().Name,
    })];
    private Task<bool> Assign(string organization) => Raise(_machine.Assign, new(Organization.Parse(organization), "desk-1"));

    [Fact]
    public async Task What_cannot_be_decided_waits_at_the_desk_which_is_told_again_and_again()
    {
        await Arrive();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            _item.CurrentState.ShouldBe("Waiting");
            _unit.Messages.OfType<NoticeRequested>().Single().Organization.Text.ShouldBe("state:ca");
            _unit.Timers.ShouldHaveSingleItem();
            await Raise(_machine.StillWaiting.AnyReceived, new DeskItemWaiting(_item.EncounterId, _item.CorrelationId), _item.WaitingToken);
        }
    }

    [Fact]
    public async Task Assigning_a_county_opens_a_handoff_for_every_child_and_ends_the_waiting()
    {
        var children = Enumerable.Range(1, 2).Select(Child).ToArray();
        await Arrive(children);

        (await Assign("county:06067")).ShouldBeTrue();

        _item.ShouldSatisfyAllConditions(i => i.CurrentState.ShouldBe("Assigned"), i => i.WaitingToken.ShouldBeNull(), i => i.AssignedBy.ShouldBe("desk-1"));
        _unit.Messages.OfType<JurisdictionAssigned>().Single().Organization.Text.ShouldBe("county:06067");
        _unit.Messages.OfType<HandoffOpened>().Select(h => (h.ReportId, h.Organization.Text, h.Basis)).ShouldBe(children.Select(c => (c.ReportId, "county:06067", Bases.Desk)));
        _unit.Messages.OfType<HandoffOpened>().ShouldAllBe(h => h.RetentionDays == 1825, "the county's pack says how long it is kept");
    }

    [Fact]
    public async Task The_desk_reads_what_it_decides_by_until_a_county_has_accepted()
    {
        await Arrive(Child());
        var grant = _unit.Messages.OfType<DisclosureGranted>().ShouldHaveSingleItem();
        (grant.Organization.Text, grant.Tier, grant.ReportId).ShouldBe(("state:ca", "DESK", _item.Reports[0].ReportId));

        await Assign("county:06067");
        _unit.Messages.OfType<DisclosureEnded>().ShouldBeEmpty("the decision may be wrong");
        await Claim("county:06067");

        _item.CurrentState.ShouldBe("Taken");
        Told.ShouldBe(["ended state:ca"]);
        _unit.Messages.OfType<DisclosureEnded>().Single().GrantId.ShouldBe(grant.GrantId);
    }

    [Fact]
    public async Task Confirming_the_guess_withdraws_nothing_and_another_county_takes_its_place()
    {
        await Guess("county:06067");
        await Assign("county:06067");
        Told.ShouldBe(["assigned county:06067", "opened county:06067", "confirmed county:06067"]);

        await Assign("county:06067");
        Told.ShouldBeEmpty("the same decision again changes nothing");
        await Assign("county:06037");
        Told.ShouldBe(["assigned county:06037", "opened county:06037", "confirmed county:06037", "withdrawn county:06067"]);
        (_item.CurrentState, _item.AssignedOrganization?.Text).ShouldBe(("Assigned", "county:06037"));
    }

    [Fact]
    public async Task A_county_that_does_not_respond_keeps_the_part_that_the_report_gives_it()
    {
        await Arrive(Child() with { DependencyCountyFips = CountyFips.Parse("06067") }, Child(2));
        _item.SuggestedOrganization = Organization.Parse("county:06067");

        await Assign("county:06037");

        _unit.Messages.OfType<HandoffWithdrawn>().Select(w => (w.Organization.Text, w.RemainsAs)).ShouldBe([("county:06067", Role.Dependency), ("county:06067", null)]);
    }

    [Fact]
    public async Task Whoever_accepts_first_has_it_whatever_the_desk_has_assigned_meanwhile()
    {
        await Guess("county:06067");
        await Assign("county:06037");

        await Claim("county:06067");

        Told.ShouldBe(["ended state:ca", "assigned county:06067", "confirmed county:06067", "withdrawn county:06037"]);
        (_item.CurrentState, _item.AssignedOrganization?.Text, _item.AssignedBy).ShouldBe(("Taken", "county:06067", null));
        await Claim("county:06037");
        _unit.Messages.ShouldBeEmpty("the second acceptance takes nothing from the first");
        (await Assign("county:06059")).ShouldBeFalse("it stays responsible until another has accepted");
    }

    private Task<bool> Silent(string organization, Referral? referral = null) => Raise(_machine.Undetermined, new JurisdictionUndetermined
    {
        EncounterId = Guid.NewGuid(),
        At = Now,
        DeskItemId = _item.CorrelationId,
        Reason = UndeterminedReasons.CountySilent,
        SuggestedOrganization = Organization.Parse(organization),
        Referral = referral,
        Urgency = Urgencies.Immediate,
        Reports = [SampleHandoff.Opened(Guid.NewGuid(), Now).Child],
    });

    [Fact]
    public async Task The_report_of_a_county_that_does_not_answer_is_given_to_another_and_the_silent_one_is_told()
    {
        await Silent("county:06067");
        Told.ShouldBe(["DisclosureGranted", "NoticeRequested"]);

        await Assign("county:06037");

        Told.ShouldBe(["assigned county:06037", "opened county:06037", "confirmed county:06037", "withdrawn county:06067"]);
        _unit.Messages.OfType<HandoffOpened>().Single().DeskItemId.ShouldBe(_item.CorrelationId, "its acceptance settles the item");
    }

    [Fact]
    public async Task What_is_added_to_the_report_of_a_silent_county_is_what_the_desk_gives_it_on_by()
    {
        await Silent("county:06067");
        var report = _item.Reports.Single().ReportId;
        Contracts.Intake.ReportSupplemented added = new()
        {
            EncounterId = _item.EncounterId,
            At = Now,
            ReportId = report,
            SupplementId = Guid.NewGuid(),
            Sequence = 1,
            Tells = [SupplementFacts.Missing],
            Child = new() { Missing = true },
        };

        await Raise(_machine.ItsReportSupplemented, new(_item.EncounterId, _item.CorrelationId, added));

        Told.ShouldBe(["NoticeRequested"], "the desk is reminded at once");
        await Assign("county:06037");
        _unit.Messages.OfType<HandoffOpened>().Single().Child.Missing.ShouldBeTrue();
    }

    [Fact]
    public async Task A_county_that_answers_late_has_the_report_as_it_had()
    {
        await Silent("county:06067");

        await Claim("county:06067");

        Told.ShouldBe(["ended state:ca", "assigned county:06067"]);
        _item.CurrentState.ShouldBe("Taken");
    }

    private static readonly OuterLine Nevada = new(OuterLineKinds.State, "NV", 421);

    private Task<bool> NearLine(string organization) => Raise(_machine.Undetermined, new JurisdictionUndetermined
    {
        EncounterId = Guid.NewGuid(),
        At = Now,
        DeskItemId = _item.CorrelationId,
        Reason = UndeterminedReasons.NearStateLine,
        SuggestedOrganization = Organization.Parse(organization),
        OuterLines = [Nevada],
        Urgency = Urgencies.Immediate,
        Reports = [Child()],
    });

    [Fact]
    public async Task What_is_near_another_state_is_on_the_desk_until_the_county_accepts_which_changes_nothing_for_it()
    {
        await NearLine("county:06067");
        Told.ShouldBe(["DisclosureGranted", "NoticeRequested"], "the desk reads where it is and whom to call");
        DeskItemView.Of(_item).OuterLines.ShouldBe([Nevada]);

        await Claim("county:06067");

        Told.ShouldBe(["ended state:ca", "assigned county:06067"]);
        _unit.Messages.OfType<JurisdictionAssigned>().Single().OuterLines.ShouldBe([Nevada]);
        _item.CurrentState.ShouldBe("Taken");
    }

    [Fact]
    public async Task The_desk_can_give_it_to_another_county_which_is_told_of_the_line_too()
    {
        await NearLine("county:06067");

        await Assign("county:06037");

        Told.ShouldBe(["assigned county:06037", "opened county:06037", "confirmed county:06037", "withdrawn county:06067"]);
        _unit.Messages.OfType<HandoffOpened>().Single().OuterLines.ShouldBe([Nevada]);
    }

    [Fact]
    public async Task The_sender_of_a_report_that_nobody_takes_over_keeps_it_or_another_is_asked_in_its_place()
    {
        var referral = new Referral { HandoffId = Guid.NewGuid(), Hops = [new(Organization.Parse("county:06059"), Organization.Parse("county:06067"), ReferralReasons.LivesThere, Now)] };
        await Silent("county:06067", referral);

        await Assign("county:06037");
        Told.ShouldBe(["assigned county:06037", "opened county:06037", "withdrawn county:06067"]);
        _unit.Messages.OfType<HandoffOpened>().Single().Referral.ShouldBe(referral, "who sent it stays responsible until this one has accepted");
        await Assign("county:06059");

        Told.ShouldBe(["assigned county:06059", "confirmed county:06059", "withdrawn county:06037"]);
        _unit.Messages.OfType<HandoffConfirmed>().Single().Keeps.ShouldBeTrue();
    }

    [Fact]
    public async Task A_claim_ends_the_waiting()
    {
        await Guess("county:06067");

        await Claim("county:06067");

        Told.ShouldBe(["ended state:ca", "assigned county:06067", "confirmed county:06067"]);
        (_item.CurrentState, _item.WaitingToken).ShouldBe(("Taken", null));
    }

    public static TheoryData<string, string, string> Followed => new()
    {
        // What is done, county by county (a guess first), then who besides counties is opened and withdrawn by the last of it.
        { "guess 06019", "", "what is likely only is told to nobody further" },
        { "guess 06019, assign 06019", "opened da:06019, opened licensing:ca", "the guess was right" },
        { "guess 06019, claim 06019", "opened da:06019, opened licensing:ca", "the county says so itself" },
        { "guess 06067, assign 06019", "opened da:06019, opened licensing:ca", "the county that was likely lists nobody" },
        { "guess 06019, assign 06067", "", "nobody was told before, and the county lists nobody" },
        { "guess 06019, assign 06019, assign 06029", "opened da:06029, opened licensing:ca, withdrawn da:06019", "the licensing office is the same" },
        { "guess 06019, assign 06019, assign 06067", "withdrawn da:06019, withdrawn licensing:ca", "the county lists nobody" },
        { "guess 06019, assign 06019, assign 06067, assign 06019", "opened da:06019, opened licensing:ca", "back again" },
        { "guess 06019, assign 06019, assign 06019", "", "the same decision again" },
        { "guess 06019, assign 06029, claim 06019", "opened da:06019, opened licensing:ca, withdrawn da:06029", "whoever accepts first has it" },
        { "guess 06019, assign 06029, claim 06029", "", "they were told when it was assigned" },
        { "dispute 06067, assign 06019", "opened da:06019, opened licensing:ca", "as with any other that responds" },
        { "dispute 06067, assign 06019, assign 06029", "opened da:06029, opened licensing:ca, withdrawn da:06019", "it follows each decision" },
        { "dispute 06067, assign 06019, assign 06029, assign 06019", "opened da:06019, opened licensing:ca, withdrawn da:06029", "back again" },
        { "dispute 06019, assign 06029, assign 06019", "withdrawn da:06029", "who had referred it on keeps it, and who was told because of it" },
        { "dispute 06019, assign 06019, assign 06029", "", "who keeps it has accepted it" },
    };

    [Theory]
    [MemberData(nameof(Followed))]
    public async Task Who_must_know_besides_counties_follows_the_county_that_responds(string done, string told, string because)
    {
        foreach (var step in done.Split(", ").Select(step => step.Split(' ')))
        {
            if (step[0] == "guess")
            {
                await Arrive(Child() with { LivesInLicensedHome = true });
                _item.SuggestedOrganization = Organization.Parse($"county:{step[1]}");
                _unit = new();
            }
            else if (step[0] == "dispute")
                await Dispute($"county:{step[1]}", Child() with { LivesInLicensedHome = true });
            else if (step[0] == "assign")
                await Assign($"county:{step[1]}");
            else
                await Claim($"county:{step[1]}");
        }

        string.Join(", ", Told.Where(line => line.StartsWith("opened", StringComparison.Ordinal) || line.StartsWith("withdrawn", StringComparison.Ordinal))
            .Where(line => !line.Contains("county:", StringComparison.Ordinal))).ShouldBe(told, because);
    }

    [Fact]
    public async Task What_is_opened_again_after_it_was_withdrawn_is_another_message_about_the_same_handoff()
    {
        await Arrive(Child());
        await Assign("county:06019");
        var first = _unit.Messages.OfType<HandoffOpened>().Single(opened => opened.ListedBy is not null);
        await Assign("county:06067");
        await Assign("county:06019");

        _unit.Messages.OfType<HandoffOpened>().Single(opened => opened.ListedBy is not null).HandoffId.ShouldBe(first.HandoffId);
        (first.ListedBy?.Text, first.Role, first.Basis).ShouldBe(("county:06019", Role.DistrictAttorney, Bases.Pack));
    }

    [Fact]
    public async Task The_responder_says_who_must_know_and_is_reached_by_nobody()
    {
        await Arrive(Child() with { LivesInLicensedHome = true, Missing = true });

        await Assign("county:06019");
        _unit.Messages.OfType<HandoffOpened>().Single(opened => opened.Role == Role.Responder).NotReached.ShouldBe([Role.MissingChild]);
        await Assign("county:06067");

        _unit.Messages.OfType<HandoffConfirmed>().Single().NotReached.ShouldBe([Role.DistrictAttorney, Role.Licensing, Role.MissingChild]);
    }
}
