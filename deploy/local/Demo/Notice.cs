using System.Text.Json;

namespace SafeHarbor.Local.Demo;

/// <summary>A thin notice: what happened to which handoff, offer or desk item.</summary>
internal sealed record Notice(string Organization, string Type, string Subject)
{
    /// <summary>Of a webhook's body.</summary>
    public static Notice Read(string organization, string body)
    {
        var notice = JsonSerializer.Deserialize<JsonElement>(body);
        return new Notice(organization, EventName.Of(notice.Text("type") ?? ""), notice.Text("subject") ?? "");
    }
}
