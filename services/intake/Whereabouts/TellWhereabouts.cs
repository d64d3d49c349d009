using System.ComponentModel.DataAnnotations;
using Npgsql;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.Intake.Disclosure;

namespace SafeHarbor.Intake.Whereabouts;

/// <summary><c>PUT /v1/reports/{reportId}/whereabouts</c>: somebody says with whom a child is, and to whom it goes next.</summary>
internal static class TellWhereabouts
{
    private const string Added = "All that is told is kept, and the newest counts, whoever told it.";

    // Ours: what is planned farther ahead is a clock that is wrong.
    private const int LongestAhead = 366;

    // As the service: row-level security shows a caller its own grants alone. A grant that was taken in an emergency makes nobody responsible.
    private const string Counties = """
        select distinct organization from grants where report_id = $1 and tier = $2 and legal_basis <> $3 and organization like 'county:%' and expires_at > now()
        """;

    /// <summary>With whom a child is. There is no member for a place, and none for a text: either would one day hold the address of a shelter.</summary>
    /// <param name="Holder">With whom.</param>
    /// <param name="Since">Since when; not in the future.</param>
    /// <param name="NextHandOver">To whom the child goes next; left out when it is not known, or the child stays.</param>
    public sealed record NewWhereabouts([Required, CodeOf(typeof(Holders))] string? Holder, [Required] DateTimeOffset? Since, NextHandOver? NextHandOver);

    /// <summary>To whom a child goes next.</summary>
    /// <param name="To">To whom.</param>
    /// <param name="At">When, as far as it is known; not before the child came to whoever has it.</param>
    public sealed record NextHandOver([Required, CodeOf(typeof(Holders), Except = [Holders.Left])] string? To, DateTimeOffset? At);

    public static void MapTellWhereabouts(this IEndpointRouteBuilder routes) => routes.MapPut("/v1/reports/{reportId:guid}/whereabouts", PutAsync)
        .RequireScope("encounters.write | handoffs.act | offers.act", kinds: "le county provider").Records(LedgerActions.WhereaboutsTold).Unconditional(Added)
        .Checks<NewWhereabouts>(Check).Problems(StatusCodes.Status410Gone, "report-destroyed").WithName("TellWhereabouts");

    private static ValidationErrors Check(NewWhereabouts body, HttpContext http)
    {
        var errors = new ValidationErrors();
        if (!Holders.All.Contains(body.Holder))
            errors.AddUnknownCode("/holder", body.Holder, Holders.All);
        if (body.Since is null)
            errors.Add("/since", "required", "Say since when, as far as you know: an instant with its offset from UTC.");
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        errors.AddImplausible("/since", body.Since, now);
        if (body.NextHandOver is not { } next)
            return errors;
        if (!Holders.Takers.Contains(next.To))
            errors.AddUnknownCode("/nextHandOver/to", next.To, Holders.Takers);
        if (next.At < body.Since || next.At > now.AddDays(LongestAhead))
            errors.Add("/nextHandOver/at", "out-of-range", $"The next hand-over is not before 'since', and at most {LongestAhead} days from now. Leave it out when the time is not known.");
        return errors;
    }

    /// <summary>
    /// Says with whom a child is, and to whom it goes next: the agency that reported it, or a county or provider with a live grant. What is told about a time before
    /// the newest that is known is kept, and does not count. That a child has gone is told to the agency and to the counties that may read the report.
    /// </summary>
    private static async Task<Results<Ok<WhereaboutsView>, ProblemHttpResult>> PutAsync(Guid reportId, NewWhereabouts body, Request request, UnitStore store, AwaitedGrants awaited, NoticeBuilder notices,
        TimeProvider time, CancellationToken cancellation)
    {
        var (now, caller) = (time.GetUtcNow(), request.Caller);
        if (await KnownWhereabouts.FindAsync(store, awaited, reportId, caller, cancellation) is not { } known)
            return Problem.NotFound("report");
        if (known.IsDestroyed)
            return Problem.Of(StatusCodes.Status410Gone, "report-destroyed", "The details of this report were destroyed, so nothing is added to them. Tell the county by telephone.");
        var telling = new Telling
        {
            TellingId = Guid.CreateVersion7(now),
            EncounterId = known.Encounter.EncounterId,
            ReportId = reportId,
            AgencyOri = known.Encounter.AgencyOri,
            Holder = body.Holder!,
            Since = InMilliseconds(body.Since!.Value),
            NextHolder = body.NextHandOver?.To,
            NextAt = body.NextHandOver?.At is { } at ? InMilliseconds(at) : null,
            Organization = caller.Organization,
            ToldAt = now,
        };
        if (telling.Repeats(known.Tellings.LastOrDefault(t => t.Organization == caller.Organization)))
        {
            request.RecordsNothingNew();
            return TypedResults.Ok(known.View(reportId));
        }
        var (before, after) = (known.View(reportId), known.With(telling).View(reportId));
        request.Unit.Add(telling);
        if (after.Latest != before.Latest)
            request.Unit.Publish(telling.Event);
        if (after.Latest != before.Latest && telling.Holder == Holders.Left)
            await TellThatGoneAsync(telling, request.Unit, store, notices, cancellation);
        request.Records(telling.TellingId, reportId, new { holder = telling.Holder, since = telling.Since });
        var answer = TypedResults.Ok(after);
        return await request.CommitAsync(answer, cancellation) is null ? answer : Problem.StillRunning();
    }

    // As an event carries it: what is told twice is the same.
    private static DateTimeOffset InMilliseconds(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    private static async Task TellThatGoneAsync(Telling telling, UnitOfWork unit, UnitStore store, NoticeBuilder notices, CancellationToken cancellation)
    {
        var told = new List<Organization> { Organization.Parse($"{Organization.LawEnforcement}:{telling.AgencyOri}") };
        await using (var row = await store.ReadAsync(Reader.Service, cancellation, new NpgsqlBatchCommand(Counties)
        {
            Parameters = { new() { Value = telling.ReportId }, new() { Value = Tiers.County }, new() { Value = RuleUses.EmergencyGrant } },
        }))
        {
            while (await row.ReadAsync(cancellation))
                told.Add(Organization.Parse(row.GetString(0)));
        }
        foreach (var organization in told)
            unit.Publish(Notice(telling, organization, notices));
    }

    private static NoticeRequested Notice(Telling telling, Organization organization, NoticeBuilder notices) => notices.About(
        new(SubjectKinds.Report, telling.ReportId, $"/v1/reports/{telling.ReportId}/whereabouts"), telling.EncounterId, NoticeTypes.WhereaboutsLeft, organization, Urgencies.Immediate, telling.ToldAt)
        with
    { ReportId = telling.ReportId };
}
