using System.ComponentModel.DataAnnotations;
using System.Text;
using Npgsql;
using SafeHarbor.Intake.Keys;
using SafeHarbor.ServiceDefaults.Comparing;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Retention;

/// <summary>How a sealing order stands.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Ground">What its keys were destroyed for: not the court's order when their time was over before.</param>
/// <param name="OrderedAt">When SafeHarbor was told.</param>
/// <param name="DestroyedAt">Null while the key store does not answer; it is done within a minute after it does.</param>
public sealed record SealedAnswer(Guid ReportId, [CodeOf(typeof(DestructionGrounds))] string Ground, DateTimeOffset OrderedAt, DateTimeOffset? DestroyedAt);

/// <summary>
/// <c>POST /v1/reports/{reportId}/sealing-order</c>: a court has ordered it, and the report's details are destroyed at once. The state carries it out, or the
/// county that responds. The order's reference may name the child: only its keyed fingerprint is kept.
/// </summary>
internal static class SealReport
{
    private const int LongestReference = 200;

    // As the service: the state has no grant, and row-level security shows it nothing.
    private const string Find = """
        select from reports r where r.report_id = $1 and ($2 = home_state()
            or exists (select from grants g where g.report_id = r.report_id and g.organization = $2 and g.expires_at > $3)
            and $2 = (select organization from responders where report_id = r.report_id order by since desc limit 1))
        """;

    /// <summary>A court's order that a report is to be sealed.</summary>
    /// <param name="Court">The county of the court, five-digit FIPS.</param>
    /// <param name="OrderedOn">The day of the order; not in the future.</param>
    /// <param name="Reference">The order's reference. Only its keyed fingerprint is kept.</param>
    public sealed record SealingOrder([Required, MaxLength(CountyFips.Longest)] string? Court, [Required] DateOnly? OrderedOn, [Required, MinLength(1), MaxLength(LongestReference)] string? Reference);

    public static void MapSealReport(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/reports/{reportId:guid}/sealing-order", PostAsync)
        .RequireScope("retention.act", kinds: "county state").Records(LedgerActions.SealingOrdered).Repeatable("A report's keys are destroyed once.")
        .Checks<SealingOrder>(Check).WithName("SealReport");

    /// <summary>Destroys a report's details because a court has ordered it. The state carries it out, or the county that responds.</summary>
    private static async Task<Results<Ok<SealedAnswer>, Accepted<SealedAnswer>, ProblemHttpResult>> PostAsync(Guid reportId, SealingOrder order, Request request,
        NpgsqlDataSource database, DestroyReports reports, UnitStore store, FingerprintKey fingerprints, TimeProvider time, CancellationToken cancellation)
    {
        var (now, caller) = (time.GetUtcNow(), request.Caller);
        var court = CountyFips.Parse(order.Court!);
        if (!await MayAsync(database, reportId, caller, now, cancellation))
            return Problem.NotFound("report");
        var fingerprint = fingerprints.Of("sealing-order", Encoding.UTF8.GetBytes(CanonicalText.Of(order.Reference)!));
        var facts = new { ground = DestructionGrounds.CourtOrder, court, orderedOn = order.OrderedOn, order = Convert.ToHexStringLower(fingerprint) };
        // Also where nothing is left to destroy: the order was given.
        await store.RecordAsync(request.TakeEntry().Describe(null, reportId, facts), cancellation);
        await reports.SealAsync(reportId, caller, fingerprint, facts, cancellation);
        var destruction = (await store.FindAsync<Destruction>(Reader.Service, reportId, cancellation))!;
        var answer = new SealedAnswer(reportId, destruction.Ground, destruction.OrderedAt, destruction.DestroyedAt);
        return answer.DestroyedAt is null ? TypedResults.Accepted($"/v1/reports/{reportId}/destruction", answer) : TypedResults.Ok(answer);
    }

    private static ValidationErrors Check(SealingOrder order, HttpContext http)
    {
        var errors = new ValidationErrors();
        var (now, state) = (http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(), http.RequestServices.GetRequiredService<State>());
        if (!CountyFips.TryParse(order.Court, out var court) || state.County(court) is null)
            errors.Add("/court", "unknown-code", $"Give the county of the court as five-digit FIPS, such as {state.Counties[0].Fips}.");
        if (order.OrderedOn is not { } day || day > state.DayOf(now))
            errors.Add("/orderedOn", "out-of-range", "Give the day of the order, which is not in the future.");
        if (CanonicalText.Of(order.Reference) is null || order.Reference is { Length: > LongestReference })
            errors.Add("/reference", "wrong-form", $"Give the order's reference in at most {LongestReference} characters. Only its keyed fingerprint is kept.");
        return errors;
    }

    private static async Task<bool> MayAsync(NpgsqlDataSource database, Guid reportId, Caller caller, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Find);
        foreach (var value in new object[] { reportId, caller.Organization.Text, now })
            command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation);
    }
}
