using System.Diagnostics;
using System.Text.Json;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.Messaging.Wire;
using static SafeHarbor.CountyRouting.Tests.Jurisdiction.Facts;

namespace SafeHarbor.CountyRouting.Tests.Jurisdiction;

/// <summary>
/// What a decision costs on one core, kept and explained, without network and database. For whoever changes the determination:
/// <c>dotnet artifacts/bin/SafeHarbor.CountyRouting.Tests/release/SafeHarbor.CountyRouting.Tests.dll --filter-class '*DecisionCost' --explicit only</c>
/// </summary>
public class DecisionCost(ITestOutputHelper output)
{
    private static readonly JurisdictionFacts[] Cases =
    [
        Encounter(DowntownLosAngeles), Encounter(EastWhittier, "06059", "CA0194200", Child("06065", "06071")), Encounter(LaMirada), Encounter(Reno), Encounter(null),
        Encounter(new(32.58, -117.15, 15)), Encounter(DowntownLosAngeles) with { PresentPlace = new(new(33.8366, -117.9143, 15), null, null) },
    ];

    [Fact(Explicit = true)]
    public void A_decision_takes_less_than_two_milliseconds_and_two_thousand_are_explained_a_second()
    {
        var law = Map.State.Law;
        Run(2_000);
        var times = Run(20_000);
        Array.Sort(times);
        output.WriteLine($"{1 / times.Average():N0} explained a second; median {times[times.Length / 2] * 1e6:N0} µs, 99 of 100 within {times[times.Length * 99 / 100] * 1e6:N0} µs.");
        (1 / times.Average()).ShouldBeGreaterThanOrEqualTo(2_000);
        times[times.Length * 99 / 100].ShouldBeLessThan(2e-3);

        double[] Run(int count)
        {
            var seconds = new double[count];
            for (var i = 0; i < count; i++)
            {
                var start = Stopwatch.GetTimestamp();
                var facts = Cases[i % Cases.Length];
                var decision = JurisdictionDecision.Of(EncounterId, Deciders.Routing, facts, Determination.Of(facts, Map), [], Map, default);
                _ = JsonSerializer.SerializeToUtf8Bytes(DecisionView.Of(decision, Map.State.Organization, law), WireFormat.Json);
                _ = JsonSerializer.SerializeToUtf8Bytes(decision, WireFormat.Json);
                seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
            return seconds;
        }
    }
}
