using System.Text.Json;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;

namespace SafeHarbor.Contracts.Tests.Organizations;

/// <summary>Organizations, counties and roles are text outside and types inside.</summary>
public sealed class OrganizationTests
{
    [Theory]
    [InlineData("le:CA0194200", "le", "CA0194200")]
    [InlineData("county:06037", "county", "06037")]
    [InlineData("provider:harbor-house", "provider", "harbor-house")]
    [InlineData("da:06037", "da", "06037")]
    [InlineData("state:ca", "state", "ca")]
    public void An_organization_is_read_and_written_the_same(string text, string kind, string id)
    {
        var organization = Organization.Parse(text);

        (organization.Kind, organization.Id, organization.Text).ShouldBe((kind, id, text));
        organization.ShouldBe(Organization.Parse(text));
        organization.Is(kind, id).ShouldBeTrue();
        organization.Text.ShouldBeSameAs(organization.Text, "it is not put together each time");
    }

    [Theory]
    [InlineData("county:6037", "county:06037"), InlineData("da: 06037", "da:06037"), InlineData("attorney:6001 ", "attorney:06001")]
    public void A_county_is_the_same_however_its_code_is_written(string text, string organization) => Organization.Parse(text).Text.ShouldBe(organization);

    [Theory]
    [InlineData("county:603")]
    [InlineData("county:0 6037")]
    [InlineData("county:06037\n")]
    [InlineData("county:\u00A006037")]
    [InlineData("county:")]
    [InlineData("le:CA019420")]
    [InlineData("le:CA01942000")]
    [InlineData("county:0603７")]
    [InlineData("provider:-x")]
    [InlineData("provider:X")]
    [InlineData("state:cal")]
    [InlineData("LE:CA0194200")]
    [InlineData("provider:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void What_is_no_organization_is_not_read(string text) => Organization.TryParse(text, out _).ShouldBeFalse();

    [Theory, InlineData("le:CA0194200", null), InlineData("county:06037", "06037"), InlineData("da:06037", "06037"), InlineData("attorney:06037", "06037"), InlineData("state:ca", null)]
    public void An_organization_knows_the_county_that_it_is_of(string text, string? county) => Organization.Parse(text).CountyFips?.Text.ShouldBe(county);

    [Fact]
    public void On_the_wire_they_are_the_texts_that_they_are_parsed_from()
    {
        var on = new OnTheWire(Organization.Parse("county:06037"), CountyFips.Parse("06037"), Role.Responder, null, null, null);

        var json = JsonSerializer.Serialize(on, JsonSerializerOptions.Web);

        json.ShouldBe("""{"organization":"county:06037","county":"06037","role":"RESPONDER","noOrganization":null,"noCounty":null,"noRole":null}""");
        JsonSerializer.Deserialize<OnTheWire>(json, JsonSerializerOptions.Web).ShouldBe(on);
    }

    [Theory]
    [InlineData("Organization", "\"the sheriff\""), InlineData("Organization", "\"06037\""), InlineData("Organization", "6037"), InlineData("Organization", "{}")]
    [InlineData("County", "\"Los Angeles\""), InlineData("County", "6037"), InlineData("Role", "\"WITNESS\""), InlineData("Role", "0"), InlineData("Role", "null")]
    public void Another_text_makes_the_whole_unreadable_and_is_not_quoted(string member, string value) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<OnTheWire>($$"""{"{{member}}":{{value}}}""")).Message.ShouldNotContain(value.Trim('"') + "'");

    [Fact]
    public void A_roles_text_is_read_as_that_role_and_no_other_text_is()
    {
        Enum.GetValues<Role>().Select(role => role.Text()).ShouldBe(["RESPONDER", "RESIDENCE", "DEPENDENCY", "COURTESY", "DISTRICT_ATTORNEY", "LAW_ENFORCEMENT", "LICENSING", "TRIBE", "CHILD_ATTORNEY", "MISSING_CHILD"]);
        Enum.GetValues<Role>().Select(role => Roles.Parse(role.Text())).ShouldBe(Enum.GetValues<Role>());
        Should.Throw<FormatException>(() => Roles.Parse("responder"));
    }

    [Fact]
    public void An_addressed_event_has_its_recipients_text_as_its_key() => ((IAddressed)new HandoffWithdrawn
    {
        EncounterId = Guid.Empty,
        At = default,
        ReportId = Guid.Empty,
        HandoffId = Guid.Empty,
        Organization = Organization.Parse("county:06037"),
    }).Key.ShouldBe("county:06037");

    private sealed record OnTheWire(Organization Organization, CountyFips County, Role Role, Organization? NoOrganization, CountyFips? NoCounty, Role? NoRole);
}
