using SafeHarbor.Local.Processes;

namespace SafeHarbor.Bench.History;

/// <summary>A table in which every journey leaves rows.</summary>
/// <param name="Service">Whose.</param>
/// <param name="Name">The table.</param>
/// <param name="Rows">Which rows are those of one journey: <c>$1</c> is its encounter, <c>$2</c> the first transaction after it began.</param>
/// <param name="Overrides">Columns that a copy gets otherwise than by its type; <c>g</c> is the copy's number, from 1.</param>
internal sealed record LeftBehind(ServiceKind Service, string Name, string Rows, params (string Column, string Value)[] Overrides)
{
    private const string OfEncounter = "encounter_id = $1";
    private const string OfNotice = "notice_id in (select id from notices where encounter_id = $1)";
    // Their rows do not say whose they are; nothing else happens meanwhile.
    private const string SinceThen = "xmin::text::bigint >= $2";
    // Below all numbers that were given, and one journey's within a thousand.
    private static readonly (string, string) OldEntry = ("entry_id", "-g * 1000 - t.entry_id");
    private static readonly (string, string) OldPosition = ("position", "-g * 1000 - t.position");
    private static readonly (string, string) InboxDay = ("sent_on", "((now() at time zone 'utc') - pg_temp.ago(g))::date");

    /// <summary>A service forgets rows of this table after <see cref="DaysKept"/>: older copies have none.</summary>
    public bool IsForgotten { get; init; }

    public const int DaysKept = 30;

    public static readonly IReadOnlyList<LeftBehind> All =
    [
        new(ServiceKind.Intake, "encounters", OfEncounter, ("incident_number", "t.incident_number || '-' || g"), ("content", "sha256(t.content || int4send(g::int))")),
        new(ServiceKind.Intake, "reports", OfEncounter, ("full_name", "sha256(t.full_name || int4send(g::int))")),
        new(ServiceKind.Intake, "report_clocks", OfEncounter),
        new(ServiceKind.Intake, "timeline", OfEncounter, ("sequence", "nextval('timeline_sequence')")),
        new(ServiceKind.Intake, "responders", OfEncounter),
        new(ServiceKind.Intake, "grants", OfEncounter),
        new(ServiceKind.Intake, "inbox", SinceThen, InboxDay) { IsForgotten = true },
        new(ServiceKind.Intake, "idempotency_keys", SinceThen, ("key_hash", "sha256(t.key_hash || int8send(g))")) { IsForgotten = true },
        new(ServiceKind.Intake, "retention_rules", OfEncounter),
        new(ServiceKind.Intake, "ledger", SinceThen, OldEntry),
        new(ServiceKind.Intake, "ledger_links", SinceThen, OldPosition, OldEntry),
        new(ServiceKind.CountyRouting, "handoffs", OfEncounter),
        new(ServiceKind.CountyRouting, "opened_handoffs", "report_id in (select report_id from handoffs where encounter_id = $1)"),
        new(ServiceKind.CountyRouting, "jurisdiction_decisions", OfEncounter),
        new(ServiceKind.CountyRouting, "ledger", SinceThen, OldEntry),
        new(ServiceKind.CountyRouting, "ledger_links", SinceThen, OldPosition, OldEntry),
        new(ServiceKind.CountyRouting, "inbox", SinceThen, InboxDay) { IsForgotten = true },
        // A feed's numbers go on from the highest; those of old notices are below all that was given.
        new(ServiceKind.Notification, "notices", OfEncounter, ("number", "-g * 100 - t.number")),
        new(ServiceKind.Notification, "deliveries", OfNotice, ("endpoint_id", "t.endpoint_id")),
        new(ServiceKind.Notification, "journal", OfNotice, ("endpoint_id", "t.endpoint_id")),
        new(ServiceKind.Notification, "inbox", SinceThen, InboxDay) { IsForgotten = true },
        new(ServiceKind.CaseServices, "needs", OfEncounter),
        new(ServiceKind.CaseServices, "offers", "need_id in (select correlation_id from needs where encounter_id = $1)"),
        new(ServiceKind.CaseServices, "ledger", SinceThen, OldEntry),
        new(ServiceKind.CaseServices, "ledger_links", SinceThen, OldPosition, OldEntry),
        new(ServiceKind.CaseServices, "inbox", SinceThen, InboxDay) { IsForgotten = true },
    ];
}
