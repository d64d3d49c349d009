using SafeHarbor.Contracts.Codes;
using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.Local;

namespace SafeHarbor.CountyRouting.Tests.Packs;

/// <summary>The times that a county's page names are those of a county whose pack says nothing else.</summary>
public sealed class CountyPageTests
{
    [Fact]
    public void A_county_is_told_how_long_it_has()
    {
        var directory = new CountyDirectory(Maps.California, new(false));
        directory.Load([]);
        var pack = directory.PackOf(Maps.California.Find(CountyFips.Parse("06059"))!);

        File.ReadAllText(Path.Combine(Checkout.Find().Root, "docs/integrate/county.md")).ShouldContain($"""
            | acknowledge | {pack.AcknowledgeWithinMinutes} min from the handoff's opening, when your pack says nothing else | ours, `PRODUCT_DEFAULT` |
            | accept | {pack.AcceptWithinMinutes} min from the acknowledgment, where you must act | ours |
            | your access ends | {HandoffMessages.GrantLasts.TotalDays} days after it was given, unless renewed | ours |
            """);
    }
}
