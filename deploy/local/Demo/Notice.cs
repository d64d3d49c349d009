using System.Text.Json;

namespace SafeHarbor.Local.Demo;

/// <summary>A thin notice: what happened to which handoff, offer or desk item, and where that is read.</summary>
internal sealed record Notice(string Organization, string Type, string Subject, string Link)
{
    /// <summary>Of a webhook's body.</summary>
    public static Notice Read(string organization, string body)
    {
        var notice = JsonSerializer.Deserialize<JsonElement>(body);
        return new Notice(organization, EventName.Of(notice.Text("type") ?? ""), notice.Text("subject") ?? "",
            notice.TryGetProperty("data", out var data) ? data.Text("link") ?? "" : "");
    }
}
