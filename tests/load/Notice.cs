using System.Diagnostics;
using System.Text.Json;
using SafeHarbor.Local.Demo;

namespace SafeHarbor.Load;

/// <summary>A genuine webhook, read.</summary>
/// <param name="Organization">To whom.</param>
/// <param name="WebhookId">The same for every repetition.</param>
/// <param name="Type">Such as <c>handoff.opened</c>.</param>
/// <param name="Subject">The handoff, offer, need or desk item.</param>
/// <param name="EncounterId">Whose journey it belongs to; none for a test of the endpoint.</param>
/// <param name="At">When it had come, as a timestamp of <see cref="Stopwatch"/>.</param>
/// <param name="IsRepetition">Its id had come before.</param>
public sealed record Notice(string Organization, string WebhookId, string Type, Guid Subject, Guid? EncounterId, long At, bool IsRepetition)
{
    internal static Notice Read(string organization, string webhookId, string body, long at, bool isRepetition)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        Guid? encounter = root.GetProperty("data").TryGetProperty("encounterId", out var id) ? id.GetGuid() : null;
        return new(organization, webhookId, EventName.Of(root.GetProperty("type").GetString()!), root.GetProperty("subject").GetGuid(), encounter, at, isRepetition);
    }
}
