using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SafeHarbor.Local.Sandbox;

/// <summary>The inspector of webhooks: one page, written here, without anything from elsewhere.</summary>
internal static class InspectorPage
{
    /// <summary>What the page may do in a browser: show itself, and send its own form.</summary>
    public const string Policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private const string Style = """
        :root { color-scheme: light dark } body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
        article { border: 1px solid #8886; border-radius: 6px; padding: .5rem 1rem; margin: 1rem 0 } h2 { font-size: 1rem; margin: .2rem 0 }
        pre { overflow-x: auto; background: #8882; padding: .6rem; margin: .4rem 0 } table { border-spacing: 0 } th { text-align: left; font-weight: normal; opacity: .7; padding-right: 1rem; vertical-align: top }
        td { word-break: break-all; font-family: ui-monospace, monospace; font-size: 13px } .valid { color: #187a33 } .invalid { color: #c62424; font-weight: bold } summary { cursor: pointer }
        input { font: inherit; padding: .2rem .4rem } @media (prefers-color-scheme: dark) { .valid { color: #58c878 } .invalid { color: #ff7b7b } }
        """;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="newest">What came, the newest first.</param>
    /// <param name="address">Where this is reached.</param>
    public static string Of(IReadOnlyList<(ReceivedWebhook Webhook, string? Secret)> newest, string address)
    {
        var page = new StringBuilder($$"""
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Webhooks of the sandbox</title><style>{{Style}}</style>
            <h1>Webhooks of the sandbox</h1>
            <p>Newest first; reload for more. To see your own, register <code>{{Html(address)}}/to/my-system</code> (any name) as an endpoint, and tell its secret here once,
            so that its signatures can be checked. It is kept in memory, as everything on this page.</p>
            <form method="post" action="/secrets"><label>Name <input name="to" required placeholder="my-system"></label> <label>Secret <input name="secret" required placeholder="whsec_…" size="50" autocomplete="off"></label> <button>Tell</button></form>
            """);
        if (newest.Count == 0)
            page.Append("<p>Nothing has come yet.</p>");
        foreach (var (webhook, secret) in newest)
            Append(page, webhook, secret);
        return page.Append("</html>").ToString();
    }

    private static void Append(StringBuilder page, ReceivedWebhook webhook, string? secret)
    {
        var (css, signature) = secret is null ? ("", "not checked: tell the secret of this name above")
            : webhook.IsGenuine(secret) ? ("valid", "valid")
            : ("invalid", "INVALID: of another secret, of another body, or more than five minutes old");
        page.Append($"""
            <article><h2>{Html(webhook.To)} · {webhook.At.UtcDateTime:HH:mm:ss.fff} UTC · answered {webhook.Answered}</h2>
            <p>Signature <span class="{css}">{signature}</span></p><pre>{Html(Indented(webhook.Body))}</pre><details><summary>Headers</summary><table>
            """);
        foreach (var (name, value) in webhook.Headers)
            page.Append($"<tr><th>{Html(name)}<td>{Html(value)}");
        page.Append("</table></details></article>");
    }

    private static string Indented(string body)
    {
        try
        {
            return JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(body), Readable);
        }
        catch (JsonException)
        {
            return body;
        }
    }

    private static string Html(string text) => HtmlEncoder.Default.Encode(text);
}
