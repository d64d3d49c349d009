using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Receipts;
using SafeHarbor.Intake.Shortfalls;
using SafeHarbor.TestServers;

namespace SafeHarbor.Intake.Tests.Whereabouts;

/// <summary>With whom a child is, as a table: what was told, in whatever order it came, and what the receipt makes of it.</summary>
public sealed class ToldWhereaboutsTests
{
    private static readonly Guid EncounterId = Guid.NewGuid(), ReportId = Guid.NewGuid();
    private static readonly ShortfallRules Shortfalls = new(TestStates.California, new(TestStates.California), new(TestStates.California), TimeProvider.System);

    private static DateTimeOffset At(int minute) => new(2026, 11, 21, 8, minute, 0, TimeSpan.Zero);

    /// <summary>As <c>SHELTER:20@25&gt;GUARDIAN:50</c>: the holder, since when, when it was told, who is next and when.</summary>
    private static WhereaboutsChanged Told(string text)
    {
        var (told, next) = text.Split('>') is [var first, var second] ? (first, second) : (text, null);
        var parts = told.Split(':', '@');
        int Number(int place) => int.Parse(parts[place], System.Globalization.CultureInfo.InvariantCulture);
        return new()
        {
            EncounterId = EncounterId,
            ReportId = ReportId,
            Holder = parts[0],
            Since = At(Number(1)),
            At = At(Number(2)),
            ToldBy = Tellers.County,
            NextHandOver = next?.Split(':') is [var to, .. var at] ? new(to, at is [var minute] ? At(int.Parse(minute, System.Globalization.CultureInfo.InvariantCulture)) : null) : null,
        };
    }

    private static ReceiptWhereabouts Of(bool? custody, params IEncounterEvent[] events) => Receipt.Of(
        new Encounter { EncounterId = EncounterId, ReceivedAt = At(12), CustodyTaken = custody, CustodyTakenAt = custody == true ? At(10) : null },
        [new Report { ReportId = ReportId, EncounterId = EncounterId, Child = 1 }], events, [], [], TestStates.California, Shortfalls).Reports[0].Whereabouts;

    [Theory]
    [InlineData(null, "", "UNKNOWN")]
    [InlineData(false, "", "UNKNOWN")]
    [InlineData(true, "", "OFFICER AGENCY 10")]
    [InlineData(null, "SHELTER:20@25", "SHELTER COUNTY 20")]
    [InlineData(true, "SHELTER:20@25", "SHELTER COUNTY 20")]
    // What is told late, of a time before, does not count.
    [InlineData(true, "HOSPITAL:05@30", "OFFICER AGENCY 10")]
    [InlineData(true, "SHELTER:20@25 COUNTY_WORKER:15@40", "SHELTER COUNTY 20")]
    // Of the same moment the one that was told last.
    [InlineData(true, "SHELTER:20@25 HOSPITAL:20@26", "HOSPITAL COUNTY 20")]
    [InlineData(true, "OFFICER:10@13", "OFFICER COUNTY 10")]
    [InlineData(true, "SHELTER:20@25 LEFT:30@31", "LEFT COUNTY 30")]
    public void The_newest_counts_in_whatever_order_it_came(bool? custody, string told, string latest)
    {
        var events = told.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Told).ToArray();
        foreach (var order in new[] { events, [.. events.Reverse()], [.. events, .. events] })
        {
            var whereabouts = Of(custody, order);

            $"{whereabouts.Holder} {whereabouts.ToldBy} {whereabouts.Since?.Minute:00}".Trim().ShouldBe(latest);
        }
    }

    [Theory]
    [InlineData(null, "", "Nobody has said with whom the child is. Who takes the child over, and when, has not been told yet: ask the hotline of the responding county, 555-0137, and say it with PUT …/whereabouts.")]
    [InlineData(true, "", "The child is with an officer, since 2026-11-21 00:10. Who takes the child over, and when, has not been told yet: ask the hotline of the responding county, 555-0137, and say it with PUT …/whereabouts.")]
    [InlineData(true, "OFFICER:10@13>COUNTY_WORKER:40", "The child is with an officer, since 2026-11-21 00:10. Goes next to a worker of the county, at 2026-11-21 00:40.")]
    [InlineData(true, "OFFICER:10@13>SHELTER", "The child is with an officer, since 2026-11-21 00:10. Goes next to a shelter; when, is not known yet.")]
    [InlineData(true, "SHELTER:20@25", "The child is with a shelter, since 2026-11-21 00:20.")]
    [InlineData(true, "LEFT:30@31", "The child has gone, and nobody has it, since 2026-11-21 00:30. Who finds it says so with PUT …/whereabouts.")]
    public void The_officer_reads_who_takes_the_child_and_when_as_the_clock_on_the_wall_says(bool? custody, string told, string notice)
    {
        var opened = Sample.Opened(EncounterId, ReportId) with { HotlinePhone = "555-0137", HotlineVerifiedAt = new DateOnly(2026, 11, 1) };

        Of(custody, [opened, .. told.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Told)]).Notice.ShouldBe(notice);
    }

    [Fact]
    public void Every_holder_is_named_in_words()
    {
        foreach (var holder in Holders.All)
            Of(null, Told($"{holder}:20@25")).Notice.ShouldNotContain(holder, Case.Sensitive);
    }
}
