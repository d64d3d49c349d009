using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using SafeHarbor.Local.Demo;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Load;

/// <summary>A report that was accepted.</summary>
/// <param name="EncounterId">From the receipt.</param>
/// <param name="IdempotencyKey">Under which it was sent, as often as was needed.</param>
/// <param name="Body">As it was sent.</param>
/// <param name="Receipt">The answer.</param>
/// <param name="Began">When it was sent first, as a timestamp of <see cref="Stopwatch"/>.</param>
public sealed record Reported(Guid EncounterId, string IdempotencyKey, object Body, Answer Receipt, long Began);

/// <summary>The reporting agency's records system: sends reports and reads receipts.</summary>
public sealed class Officer(PublicApis apis)
{
    public static string Organization => Cast.Officer;

    /// <summary>Reports a new encounter until it is accepted.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task<Reported> ReportAsync(ReportKind kind, CancellationToken cancellation)
    {
        var (body, key) = (kind.NewEncounter(), Guid.NewGuid().ToString());
        var began = Stopwatch.GetTimestamp();
        var answer = await apis.PostAsync(ServiceKind.Intake, Organization, "/v1/encounters", body, cancellation, key);
        if (!answer.IsSuccess)
            throw new InvalidOperationException($"The report was refused: {answer.Status} {answer.Text}");
        return new(answer.Json.GetProperty("encounterId").GetGuid(), key, body, answer, began);
    }

    /// <summary>Waits until there is something new on the encounter's timeline after a cursor (from its beginning, without one), and adds it to what was seen.</summary>
    /// <returns>The cursor behind what was read; the same one when there was no news for a while.</returns>
    public async Task<string> FollowAsync(Guid encounter, string? after, TimeSpan patience, Dictionary<string, int> seen, CancellationToken cancellation)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/v1/encounters/{encounter}?wait={(int)patience.TotalSeconds}{(after is null ? "" : $"&after={after}")}");
        var answer = await apis.GetAsync(ServiceKind.Intake, Organization, path, cancellation);
        if (!answer.IsSuccess)
            throw new InvalidOperationException($"The receipt of {encounter} could not be read: {answer.Status} {answer.Text}");
        using var document = JsonDocument.Parse(answer.Body);
        foreach (var entry in document.RootElement.GetProperty("timeline").EnumerateArray())
            CollectionsMarshal.GetValueRefOrAddDefault(seen, EventName.Of(entry.GetProperty("type").GetString()!), out _)++;
        return document.RootElement.GetProperty("next").GetString()!;
    }
}
