using SafeHarbor.Bench.History;
using SafeHarbor.Local;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Bench.Counties;

/// <summary>
/// The handoffs of a year in a state: copies of two that were really made, spread over its counties. A quarter is one county's; of the others the first have
/// most. Most are over; of 250 one is open. A hundredth of what is over had been escalated.
/// </summary>
/// <param name="stage">Whose database is filled.</param>
/// <param name="open">A handoff that is open.</param>
/// <param name="closed">One that is over.</param>
internal sealed class ManyHandoffs(CountyStage stage, Guid open, Guid closed)
{
    /// <summary>Of so many handoffs one is open.</summary>
    public const int OfWhichOneIsOpen = 250;

    private static readonly string Others = "array[" + string.Join(',', HomeState.Current.Counties.Select(county => $"'county:{county.Fips}'").Where(county => county != $"'{CountyStage.LargeCounty}'")) + "]";

    private static readonly (string, string) Spread = ("organization",
        $"case when {Of(4, 1)} = 0 then t.organization else ({Others})[1 + floor(cardinality({Others}) * power({Of(1000, 2)} / 1000.0, 2))::int] end");
    private static readonly (string, string) Urgency = ("urgency", $"case when {Of(10, 3)} < 3 then 'IMMEDIATE' else 'PROMPT' end");
    private static readonly (string, string) Role = ("role", $"(array['RESPONDER', 'RESIDENCE', 'DEPENDENCY', 'COURTESY'])[1 + width_bucket({Of(100, 4)}, array[80, 92, 97])]");
    private static readonly (string, string) Over = ("current_state", $"(array['CLOSED', 'ACCEPTED', 'REFERRED_ON', 'WITHDRAWN'])[1 + width_bucket({Of(1000, 5)}, array[750, 990, 999])]");
    private static readonly (string, string) Escalated = ("escalation_step", $"case when {Of(100, 6)} = 0 then 1 else 0 end");

    // A tenth is overdue; the others are due within a week.
    private static readonly string Due = $"now() + ({Of(1000, 7)} - 100) * interval '10 minutes'";

    // What somebody only has to know has no due time once it was acknowledged.
    private static readonly (string, string)[] UnderWay =
    [
        ("current_state", $"(array['OPEN', 'NOTIFIED', 'ACKNOWLEDGED'])[1 + width_bucket({Of(100, 8)}, array[30, 95])]"), ("due_at", $"case when {Of(100, 8)} < 95 then {Due} end"),
        ("acknowledge_by", Due), ("opened_at", $"now() - {Of(1000, 9)} * interval '5 minutes'"), ("silence_token", "null"),
    ];

    /// <summary>So many, most of which are over.</summary>
    public async Task MakeAsync(int count, CancellationToken cancellation)
    {
        // The fewer first, while the indexes are small.
        await CopyAsync(new(ServiceKind.CountyRouting, "handoffs", "correlation_id = $1", [Spread, Urgency, Role, .. UnderWay]), open, count / OfWhichOneIsOpen, cancellation);
        await CopyAsync(new(ServiceKind.CountyRouting, "handoffs", "correlation_id = $1", Spread, Urgency, Role, Over, Escalated), closed, count - count / OfWhichOneIsOpen, cancellation);
        await SettleAsync(cancellation);
    }

    /// <summary>So many more that are open, each with its timer, of which the first falls due in an hour.</summary>
    public async Task WaitingAsync(int count, CancellationToken cancellation)
    {
        const string ahead = "now() + interval '1 hour' + g * interval '1 second'";
        // Others than those that are open without a timer.
        (string, string) Id(string column) => (column, $"pg_temp.aged(t.{column}, -g)");
        await CopyAsync(new(ServiceKind.CountyRouting, "handoffs", "correlation_id = $1",
            Spread, Urgency, Id("correlation_id"), Id("encounter_id"), Id("report_id"), Id("silence_token"), ("due_at", ahead), ("acknowledge_by", ahead), ("opened_at", "now()")), open, count, cancellation);
        await CopyAsync(new(ServiceKind.CountyRouting, "timers", "token = (select silence_token from handoffs where correlation_id = $1)", Id("token"), Id("ordering_key"), ("due_at", ahead), ("body", """
            convert_to(json_build_object('encounterId', pg_temp.aged((convert_from(t.body, 'UTF8')::json ->> 'encounterId')::uuid, -g),
                'handoffId', pg_temp.aged((convert_from(t.body, 'UTF8')::json ->> 'handoffId')::uuid, -g))::text, 'UTF8')
            """)), open, count, cancellation);
        await SettleAsync(cancellation);
    }

    // One of so many numbers for each copy, and another one for each use.
    private static string Of(int many, int use) => $"mod(abs(hashint8extended(g, {use})), {many})";

    private async Task CopyAsync(LeftBehind table, Guid template, int count, CancellationToken cancellation)
    {
        await using var connection = await stage.ConnectAsync(cancellation);
        await new Copies(connection, table).MakeAsync(template, since: 0, count, cancellation);
    }

    // As an old system's tables are: autovacuum has been there.
    private async Task SettleAsync(CancellationToken cancellation)
    {
        await stage.QueryAsync<object>("vacuum analyze", cancellation);
        await stage.QueryAsync<object>("checkpoint", cancellation);
    }
}
