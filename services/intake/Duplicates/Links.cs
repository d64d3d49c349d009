using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Encounters;

namespace SafeHarbor.Intake.Duplicates;

/// <summary>
/// What the timelines are told of reports that may be about the same child: each side of the other, in the same incident or because the sender says so. That other
/// incidents have a child of the same name is on the receipts alone: many have the same name, and an event for each would be a flood.
/// </summary>
internal static class Links
{
    public static IEnumerable<ReportMayBeSame> Of(IReadOnlyList<Report> accepted, Earlier earlier, DateTimeOffset now)
    {
        var incident = earlier.SameIncident.Select(e => e.EncounterId).ToHashSet();
        var found = (from report in accepted
                     from alike in report.MayBeSameAs
                     where alike.Because == AlikeReasons.Sender || incident.Contains(alike.EncounterId)
                     select (Report: new AlikeReport(report.ReportId, report.EncounterId, alike.Because), Alike: alike)).ToList();
        foreach (var about in found.Concat(found.Select(f => (Report: f.Alike, Alike: f.Report))).GroupBy(f => (f.Report.ReportId, f.Report.EncounterId), f => f.Alike))
            yield return new() { EncounterId = about.Key.EncounterId, At = now, ReportId = about.Key.ReportId, MayBeSameAs = [.. about] };
    }
}
