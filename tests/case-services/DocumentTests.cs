using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using SafeHarbor.TestServers;

namespace SafeHarbor.CaseServices.Tests;

public sealed class DocumentTests : Stage
{
    private const string Scopes = "providers.write capacity.write handoffs.read handoffs.act offers.act";

    [Fact]
    public async Task What_the_document_shows_can_be_sent_and_is_answered_as_it_says()
    {
        await Sent("county:06037", "addProvider");
        await Sent("county:06037", "replaceProvider", "harbor-house", "\"1\"");
        await Sent("provider:harbor-house", "reportCapacity", "harbor-house");
        await Sent("provider:harbor-house", "getCapacity", "harbor-house");
        await Sent("provider:harbor-house", "getProvider", "harbor-house");
        await Sent("county:06037", "listProviders");
        await Instance.EventuallyAsync(() => Task.FromResult(Service.Directory.Listed.Any(l => l.Available.Count == 1)), "it is listed with its places");

        await Service.PublishAsync(Samples.HandoffOpened(Samples.Child("EMERGENCY_SHELTER")));
        await Instance.EventuallyAsync(async () => await Service.ScalarAsync<long>("select count(*) from offers") == 1, "it is asked");
        var offer = (await Sent("provider:harbor-house", "listOffers"))!["items"]![0]!["offerId"]!.GetValue<Guid>();
        await Sent("provider:harbor-house", "declineOffer", offer);
        await Sent("provider:harbor-house", "getOffer", offer);
        var need = (await Sent("county:06037", "listNeeds"))!["items"]![0]!["needId"]!.GetValue<Guid>();
        await Sent("county:06037", "askAgain", need);
        offer = Guid.Parse(await Service.ScalarAsync<string>("select offer_id::text from offers where state = 'OFFERED'"));
        await Sent("provider:harbor-house", "acceptOffer", offer);
        await Sent("provider:harbor-house", "engageNeed", need);
        await Sent("county:06037", "renewProvidersAccess", need);
        await Sent("county:06037", "endProvidersAccess", need);
        await Sent("provider:harbor-house", "completeNeed", need);
        await Sent("county:06037", "getNeed", need);
    }

    private async Task<JsonNode?> Sent(string organization, string operation, object? value = null, string? ifMatch = null)
    {
        using var client = Service.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TokenOf(organization, Scopes));
        var (body, differences) = await DocumentedApi.Operation("case-services", operation).SendAsync(client, value, Cancellation, ifMatch);
        differences.ShouldBeEmpty();
        return body;
    }
}
