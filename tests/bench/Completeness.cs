using Npgsql;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Bench;

/// <summary>Whether every report that was accepted has come to its end, once.</summary>
internal static class Completeness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>All that a plain journey leaves on its timeline.</summary>
    private static readonly Dictionary<string, int> Whole = new()
    {
        ["encounter.reported.v1"] = 1,
        ["handoff.opened.v1"] = 1,
        ["disclosure.granted.v1"] = 2,
        ["need.opened.v1"] = 1,
        ["offer.made.v1"] = 1,
        ["notice.delivered.v1"] = 2,
        ["handoff.accepted.v1"] = 1,
        ["offer.accepted.v1"] = 1,
    };

    /// <returns>What is missing or there too often, in words; nothing when all is well.</returns>
    public static async Task<IReadOnlyList<string>> CheckAsync(Stage stage, CancellationToken cancellation)
    {
        var reported = stage.Reported.ToArray();
        IReadOnlyList<string> found;
        // Outcomes of webhooks come onto the timeline after the journey's end.
        for (var end = DateTime.UtcNow + Patience; (found = await FindAsync(stage, reported, cancellation)).Count > 0 && DateTime.UtcNow < end;)
            await Task.Delay(500, cancellation);
        return [.. found, .. stage.Crew.Surprises.Take(10), .. stage.Crew.Receiver.Forged > 0 ? [$"{stage.Crew.Receiver.Forged} webhooks had no valid signature"] : Array.Empty<string>()];
    }

    private static async Task<IReadOnlyList<string>> FindAsync(Stage stage, Guid[] reported, CancellationToken cancellation)
    {
        var problems = new List<string>();
        if (reported.Distinct().Count() != reported.Length)
            problems.Add("one encounter has answered two reports");
        var timelines = await RowsAsync(stage, ServiceKind.Intake, "select encounter_id, type, count(*)::int from timeline where encounter_id = any($1) group by 1, 2", reported,
            row => (Encounter: row.GetGuid(0), Type: row.GetString(1), Times: row.GetInt32(2)), cancellation);
        var byEncounter = timelines.ToLookup(t => t.Encounter);
        var wrong = reported.Where(id => !Is(Whole, byEncounter[id].ToDictionary(t => t.Type, t => t.Times))).ToList();
        if (wrong.Count > 0)
            problems.Add($"{wrong.Count} of {reported.Length} timelines are not whole, such as {wrong[0]}: {string.Join(", ", byEncounter[wrong[0]].Select(t => $"{t.Type} {t.Times}"))}");
        await CompareAsync(ServiceKind.CountyRouting, "handoffs", "ACCEPTED");
        await CompareAsync(ServiceKind.CaseServices, "needs", "ACCEPTED");
        return problems;

        async Task CompareAsync(ServiceKind kind, string table, string state)
        {
            var rows = await RowsAsync(stage, kind, $"select encounter_id, current_state from {table} where encounter_id = any($1)", reported,
                row => (Encounter: row.GetGuid(0), State: row.GetString(1)), cancellation);
            if (rows.Count != reported.Length || rows.DistinctBy(r => r.Encounter).Count() != reported.Length || rows.Any(r => r.State != state))
                problems.Add($"{kind.Name} has {rows.Count} {table} for {reported.Length} reports, {rows.Count(r => r.State == state)} of them {state}");
        }
    }

    private static bool Is(Dictionary<string, int> expected, Dictionary<string, int> timeline) =>
        timeline.Count == expected.Count && timeline.All(t => expected.GetValueOrDefault(t.Key) == t.Value);

    private static async Task<List<T>> RowsAsync<T>(Stage stage, ServiceKind kind, string sql, Guid[] encounters, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await using var connection = stage.Connect(kind);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = encounters } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(read(reader));
        return rows;
    }
}
