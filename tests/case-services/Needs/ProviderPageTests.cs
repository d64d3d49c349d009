using SafeHarbor.CaseServices.Needs;
using SafeHarbor.CaseServices.Offers;
using SafeHarbor.Local;

namespace SafeHarbor.CaseServices.Tests.Needs;

/// <summary>The times that the pages of providers and counties name are those of a service that nobody has set otherwise.</summary>
public sealed class ProviderPageTests
{
    private readonly Reminders _reminders = new();

    [Fact]
    public void A_provider_is_told_how_long_it_has() => Read("provider").ShouldContain($"""
        | first contact, emergency needs | {_reminders.EmergencyContactWithin.TotalHours} h from your acceptance, then the county is told, again and again | ours, `PRODUCT_DEFAULT` |
        | first contact, other needs | {_reminders.ContactWithin.TotalHours} h from your acceptance | ours |
        | you read the report | until {NeedSteps.SharedFor.TotalDays} days after it was made,
        """);

    [Fact]
    public void A_county_is_told_how_often_it_hears_of_an_unfilled_need() => Read("county").ShouldContain($"again every {_reminders.UnfilledEvery.TotalMinutes} min |");

    private static string Read(string page) => File.ReadAllText(Path.Combine(Checkout.Find().Root, $"docs/integrate/{page}.md"));
}
