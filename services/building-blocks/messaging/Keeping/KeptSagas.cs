using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Messaging;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Messaging.Keeping;

/// <summary>The statements by which sagas are let go of and taken up, on the connection whose transaction does it.</summary>
/// <param name="table">The sagas' table.</param>
internal sealed class KeptSagas(Table table)
{
    /// <summary>So many go in one message and one transaction: some hundred kilobytes, some ten milliseconds.</summary>
    public const int Batch = 100;

    /// <summary>Marks the next sagas of the organization as the other keeper's, takes their timers out, and returns both as they are handed over.</summary>
    public async Task<IReadOnlyList<HandedOverSaga>> LetGoAsync(NpgsqlConnection connection, Organization organization, string keeper, CancellationToken cancellation)
    {
        var sagas = new List<(Guid Id, object Row)>();
        await using (var command = new NpgsqlCommand(table.LetGo, connection) { Parameters = { new() { Value = organization.Text }, new() { Value = keeper }, new() { Value = Batch } } })
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation))
                sagas.Add(table.Read(reader));
        var timers = await TakeTimersAsync(connection, [.. sagas.SelectMany(saga => table.Guids(saga.Row))], cancellation);
        return
        [
            .. from saga in sagas
               orderby saga.Id
               let tokens = table.Guids(saga.Row).ToHashSet()
               select new HandedOverSaga { SagaId = saga.Id, State = table.ToJson(saga.Row).ToJsonString(WireFormat.Json), Timers = [.. timers.Where(timer => tokens.Contains(timer.Token))] },
        ];
    }

    /// <summary>The saga of a message.</summary>
    public object Read(HandedOverSaga saga) => table.FromJson(JsonNode.Parse(saga.State)?.AsObject() ?? throw new JsonException("A saga's state is an object."));

    /// <summary>Which of these are kept here already: nothing that is handed over may be put over them.</summary>
    public async Task<IReadOnlySet<Guid>> KeptAsync(NpgsqlConnection connection, IEnumerable<Guid> ids, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(table.Kept, connection) { Parameters = { new() { Value = ids.ToArray() } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var kept = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellation))
            kept.Add(reader.GetGuid(0));
        return kept;
    }

    // One that has fired is on its way as a message, and follows its saga as any other does.
    private static async Task<IReadOnlyList<HandedOverTimer>> TakeTimersAsync(NpgsqlConnection connection, Guid[] tokens, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("delete from timers where token = any($1) returning token, due_at, type, convert_from(body, 'UTF8'), ordering_key", connection)
        {
            Parameters = { new() { Value = tokens, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var timers = new List<HandedOverTimer>();
        while (await reader.ReadAsync(cancellation))
            timers.Add(new()
            {
                Token = reader.GetGuid(0),
                DueAt = reader.GetFieldValue<DateTimeOffset>(1),
                Type = reader.GetString(2),
                Body = reader.GetString(3),
                OrderingKey = reader.GetGuid(4),
            });
        return timers;
    }
}
