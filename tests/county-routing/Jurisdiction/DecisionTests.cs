using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.Messaging.Wire;
using static SafeHarbor.CountyRouting.Tests.Jurisdiction.Facts;

namespace SafeHarbor.CountyRouting.Tests.Jurisdiction;

/// <summary>What is kept of a decision: with it the decision can be made again.</summary>
public class DecisionTests
{
    /// <summary>Points, names, cities and agencies in every combination that decides in another way.</summary>
    internal static readonly IReadOnlyList<JurisdictionFacts> Corpus =
    [
        .. from location in new FoundLocation?[] { null, DowntownLosAngeles, EastWhittier, LaMirada, Reno, Stateline, Stateline with { AccuracyMeters = 500 }, new(33.8366, -117.9143, 40_000), new(32.58, -117.15, 15), new(0, 0, null), new(340.5, -118.25, 15) }
           from named in new[] { null, "06037", "06059", "06061", "06017", "06002" }
           from stated in new StatedPlace?[] { null, new([CountyFips.Parse("06037")], true), new([CountyFips.Parse("06029"), CountyFips.Parse("06073")], false) }
           from ori in new[] { "CA0194200", "CA0199900" }
           select Encounter(location, named, ori, Child(residence: "06065"), Child(dependency: "06071", number: 2)) with { StatedPlace = stated },
        .. from now in new PresentPlace[] { new(new(33.8366, -117.9143, 15), null, null), new(Reno, null, null), new(null, null, null) }
           from location in new[] { null, DowntownLosAngeles, Reno }
           select Encounter(location, null, "CA0194200", Child()) with { PresentPlace = now },
        new() { AssignedCountyFips = CountyFips.Parse("06059"), Reports = [Child(residence: "06037")] },
        new() { ClaimedCountyFips = CountyFips.Parse("06059"), Reports = [Child(dependency: "06059")] },
    ];

    [Fact]
    public void Every_decision_of_the_corpus_follows_from_what_is_kept_of_it()
    {
        foreach (var facts in Corpus)
        {
            var kept = Kept(facts);
            JsonSerializer.Deserialize<JurisdictionDecision>(JsonSerializer.Serialize(kept, WireFormat.Json), WireFormat.Json)!.ShouldFollowFrom(Map);
        }
    }

    [Fact]
    public void Whoever_changes_what_is_decided_counts_the_version_up()
    {
        var decided = string.Join('\n', Corpus.Select(facts => JsonSerializer.Serialize(Kept(facts).Codes(), WireFormat.Json)));
        (Determination.Version, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(decided)))[..16]).ShouldBe((3, "c1d8ea279fd263d6"), "another answer is another version");
    }

    [Fact]
    public void The_version_of_the_map_is_that_of_its_files() => Map.Version.ShouldMatch("^sha256:[0-9a-f]{64}$");

    [Fact]
    public void The_corpus_uses_every_rule() =>
        Corpus.SelectMany(facts => Kept(facts).Reports).SelectMany(report => report.Recipients).Select(recipient => recipient.Rule.Code).Distinct()
            // What is referred on, kept, or listed follows from no facts of a report.
            .ShouldBe(typeof(RoutingRules).GetFields().Select(rule => (string)rule.GetRawConstantValue()!).Except([RoutingRules.Referred, RoutingRules.Kept, RoutingRules.Listed]), ignoreOrder: true);

    private static JurisdictionDecision Kept(JurisdictionFacts facts) => Decisions.Keep(facts, Map, []);
}

/// <summary>Decisions as they are kept.</summary>
internal static class Decisions
{
    public static JurisdictionDecision Keep(JurisdictionFacts facts, CountyMap map, IReadOnlyList<PackUsed> packs) => JurisdictionDecision.Of(EncounterId, Deciders.Routing, facts,
        Determination.Of(facts, map, county => packs.FirstOrDefault(pack => pack.CountyFips == county.Fips)?.Bands ?? Bands.Default), packs, map, default);

    /// <summary>Makes a decision again from its facts and versions.</summary>
    public static void ShouldFollowFrom(this JurisdictionDecision kept, CountyMap map)
    {
        (kept.Versions.Rules, kept.Versions.Map).ShouldBe((Determination.Version, map.Version));
        var again = Keep(kept.Facts, map, kept.Versions.Packs);
        JsonSerializer.Serialize(again.Codes(), WireFormat.Json).ShouldBe(JsonSerializer.Serialize(kept.Codes(), WireFormat.Json));
    }

    public static object Codes(this JurisdictionDecision decision) => new { decision.Undetermined, decision.Evidence, decision.Reports, decision.Told };
}
