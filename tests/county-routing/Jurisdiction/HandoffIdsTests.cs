using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.Messaging;

namespace SafeHarbor.CountyRouting.Tests.Jurisdiction;

public class HandoffIdsTests
{
    private static readonly Guid Report = Guid.Parse("0195a000-0000-7000-8000-000000000101");

    [Fact]
    public void Names_give_the_ids_of_the_standards_own_example() =>
        // RFC 9562, appendix B.2: "www.example.com" in the namespace of DNS.
        DeterministicId.Of(Guid.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com").ShouldBe(Guid.Parse("5c146b14-3c52-8afd-938a-375d0df1fbf6"));

    [Fact]
    public void A_report_and_a_county_have_one_handoff_for_ever() =>
        HandoffIds.Handoff(Report, Organization.Parse("county:06037")).ShouldBe(HandoffIds.Handoff(Report, Organization.Parse("county:06037")));

    [Fact]
    public void Other_counties_other_reports_and_the_desk_have_other_ids() =>
        new[] { HandoffIds.Handoff(Report, Organization.Parse("county:06037")), HandoffIds.Handoff(Report, Organization.Parse("county:06059")), HandoffIds.Handoff(Guid.Empty, Organization.Parse("county:06037")), HandoffIds.DeskItem(Report) }.ShouldBeUnique();

    [Fact]
    public void Each_time_that_a_report_is_referred_on_and_each_time_that_a_handoff_was_opened_the_desk_has_an_item_of_its_own()
    {
        var hop = new ReferralHop(Organization.Parse("county:06037"), Organization.Parse("county:06059"), ReferralReasons.All[0], default);
        new[] { HandoffIds.Dispute(Report, [hop]), HandoffIds.Dispute(Report, [hop, hop]), HandoffIds.Silent(Report, default), HandoffIds.Silent(Report, DateTimeOffset.UnixEpoch), HandoffIds.DeskItem(Report) }.ShouldBeUnique();
    }

    /// <summary>Handoffs of running systems are found by these ids: the way they are made can never change.</summary>
    [Fact]
    public void The_ids_do_not_change_with_a_release() =>
        (HandoffIds.Handoff(Report, Organization.Parse("county:06037")), HandoffIds.DeskItem(Report)).ShouldBe(
            (Guid.Parse("1a31d0c2-bd49-88d0-a5ff-91905cdfeff7"), Guid.Parse("1b45eca0-8e7f-89c6-bd11-64366de68604")));
}
