using SafeHarbor.Local.Demo;

namespace SafeHarbor.Local.Sandbox;

/// <summary>A webhook as it came, for the inspector.</summary>
/// <param name="To">At which address: an organization that is played here, or a name that a vendor has chosen.</param>
/// <param name="At">When.</param>
/// <param name="Headers">All of them, in the order in which they came.</param>
/// <param name="Body">As text.</param>
/// <param name="Answered">With which status.</param>
internal sealed record ReceivedWebhook(string To, DateTimeOffset At, IReadOnlyList<KeyValuePair<string, string>> Headers, string Body, int Answered)
{
    /// <summary>Whether one of its signatures is of this secret, and it was not old when it came.</summary>
    public bool IsGenuine(string secret) =>
        StandardWebhook.IsGenuine(secret, Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"), Body, At);

    private string? Header(string name) => Headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
}

/// <summary>The last webhooks that came, and the secrets that were told here.</summary>
internal sealed class Inspected
{
    private const int Kept = 200;

    private readonly Lock _lock = new();
    private readonly LinkedList<ReceivedWebhook> _webhooks = [];
    private readonly Dictionary<string, string> _secrets = [];

    /// <summary>The newest first.</summary>
    public IReadOnlyList<(ReceivedWebhook Webhook, string? Secret)> Newest
    {
        get
        {
            lock (_lock)
                return [.. _webhooks.Select(webhook => (webhook, _secrets.GetValueOrDefault(webhook.To)))];
        }
    }

    public string? SecretOf(string to)
    {
        lock (_lock)
            return _secrets.GetValueOrDefault(to);
    }

    public void Trust(string to, string secret)
    {
        lock (_lock)
            _secrets[to] = secret;
    }

    public void Add(ReceivedWebhook webhook)
    {
        lock (_lock)
        {
            _webhooks.AddFirst(webhook);
            if (_webhooks.Count > Kept)
                _webhooks.RemoveLast();
        }
    }
}
