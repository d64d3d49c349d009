using System.Globalization;
using Microsoft.Extensions.Configuration;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Disclosure;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.Intake.Oversight;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.TestServers;

namespace SafeHarbor.Intake.Tests.Oversight;

/// <summary>The rules as a table.</summary>
public sealed class ReadingRulesTests
{
    private static readonly ReadingRules Rules = RulesWith("provider:night-owl");

    private static ReadingRules RulesWith(string atWorkByNight) => ReadingRules.From(new ConfigurationBuilder()
        .AddInMemoryCollection([KeyValuePair.Create("UnusualReading:AtWorkByNight", (string?)atWorkByNight)]).Build(), TestStates.California.TimeZone);

    [Fact]
    public void Who_works_by_night_and_is_no_organization_keeps_the_service_from_starting() =>
        Should.Throw<StartRefusedException>(() => RulesWith("provider:night-owl night owl")).Message.ShouldContain("UnusualReading:AtWorkByNight names 'night'");

    [Theory]
    [InlineData("county:06037", 19, 2, "2026-11-20T20:00:00Z", "")]
    [InlineData("county:06037", 20, 0, "2026-11-20T20:00:00Z", "MANY")]
    [InlineData("county:06037", 3, 3, "2026-11-20T20:00:00Z", "FAR")]
    [InlineData("county:06037", 20, 3, "2026-11-20T20:00:00Z", "MANY FAR")]
    [InlineData("county:06037", 1, 0, "2026-11-20T09:00:00Z", "")]
    [InlineData("le:CA0194200", 1, 0, "2026-11-20T09:00:00Z", "")]
    [InlineData("provider:harbor-house", 1, 0, "2026-11-20T07:59:59Z", "")]
    [InlineData("provider:harbor-house", 1, 0, "2026-11-20T08:00:00Z", "NIGHT")]
    [InlineData("provider:harbor-house", 1, 0, "2026-11-20T12:59:59Z", "NIGHT")]
    [InlineData("provider:harbor-house", 1, 0, "2026-11-20T13:00:00Z", "")]
    [InlineData("provider:harbor-house", 1, 0, "2026-07-20T07:00:00Z", "NIGHT")]
    [InlineData("provider:night-owl", 1, 0, "2026-11-20T09:00:00Z", "")]
    [InlineData("da:06037", 1, 0, "2026-11-20T09:00:00Z", "NIGHT")]
    public void What_a_reader_breaks(string organization, int reports, int counties, string at, string broken) =>
        string.Join(' ', Rules.BrokenBy(ReaderAt(organization, at), new(reports, counties)).Select(b => b.Rule)).ShouldBe(broken);

    [Fact]
    public void The_same_reader_rule_and_window_are_the_same_finding()
    {
        Guid IdAt(string at, string organization = "provider:harbor-house") => Found(organization, at).UnusualReadingId;

        IdAt("2026-11-20T09:00:00Z").ShouldBe(IdAt("2026-11-20T12:30:00Z"), "one night is one window");
        IdAt("2026-11-01T08:30:00Z").ShouldBe(IdAt("2026-11-01T12:00:00Z"), "also the one in which the clocks change");
        IdAt("2026-11-20T09:00:00Z").ShouldNotBe(IdAt("2026-11-21T09:00:00Z"));
        IdAt("2026-11-20T09:00:00Z").ShouldNotBe(IdAt("2026-11-20T09:00:00Z", "provider:second-dawn"));
    }

    [Fact]
    public void The_timeline_the_readers_organization_and_the_state_are_told_without_who_it_was()
    {
        var unit = new UnitOfWork();
        Found("provider:harbor-house", "2026-11-20T09:00:00Z").Tell(unit, new("intake"), TestStates.California.Organization);

        var told = unit.Messages.ToList();
        told.OfType<UnusualReading>().ShouldHaveSingleItem().Rule.ShouldBe("NIGHT");
        told.OfType<NoticeRequested>().Select(n => n.Organization.Text).ShouldBe(["provider:harbor-house", "state:ca"]);
        System.Text.Json.JsonSerializer.Serialize(told).ShouldNotContain("somebody");
    }

    private static UnusualReadingRow Found(string organization, string at)
    {
        var reader = ReaderAt(organization, at);
        var (rule, window) = Rules.BrokenBy(reader, new(1, 0)).Single();
        return UnusualReadingRow.Of(reader, new(1, 0), rule, window, reader.At);
    }

    private static Reading ReaderAt(string organization, string at) =>
        new(Organization.Parse(organization), "somebody", DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), Guid.NewGuid(), Guid.NewGuid());
}
