using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SafeHarbor.Contracts;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Api;

/// <summary>The documents that are made from the code: the OpenAPI documents as the built services write them, the JSON Schemas, the AsyncAPI document.</summary>
/// <param name="OpenApi">By the service's name.</param>
/// <param name="Schemas">Of every message, of the encounter, of the pack and of the notice.</param>
/// <param name="AsyncApi">The messages and the webhooks.</param>
internal sealed record WrittenDocuments(IReadOnlyDictionary<string, string> OpenApi, IReadOnlyList<SchemaFile> Schemas, JsonObject AsyncApi)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Every file, relative to the working copy's root, with its text.</summary>
    public IEnumerable<KeyValuePair<string, string>> Files =>
    [
        .. OpenApi.Select(document => KeyValuePair.Create(Path.Combine("docs", "api", $"{document.Key}.json"), document.Value)),
        .. Schemas.Select(schema => KeyValuePair.Create(schema.File, TextOf(schema.Schema))),
        KeyValuePair.Create(Path.Combine("docs", "asyncapi.json"), TextOf(AsyncApi)),
    ];

    /// <summary>Asks the built services, none of which has to run.</summary>
    /// <exception cref="ServiceFailedException">One did not write what it was asked for; the message holds what it said instead.</exception>
    public static async Task<WrittenDocuments> OfAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        var openApi = new Dictionary<string, string>();
        foreach (var kind in ServiceKind.All)
            openApi[kind.Name] = await AskAsync(checkout, kind, "openapi", cancellationToken);
        // Any service would do: all read and write the same messages.
        var messages = JsonNode.Parse(await AskAsync(checkout, ServiceKind.Intake, "messages", cancellationToken))!;
        JsonNode Of(ServiceKind kind) => JsonNode.Parse(openApi[kind.Name])!;
        SchemaFile[] schemas =
        [
            .. Subscriptions.All.SelectMany(s => s.Messages).Distinct().Select(type => SchemaFile.Of(messages, type.Name, WireNameAttribute.Of(type))),
            SchemaFile.Of(Of(ServiceKind.Intake), "EncounterReport", SchemaFile.Encounter),
            SchemaFile.Of(Of(ServiceKind.CountyRouting), "ProtocolPack", SchemaFile.Pack),
            SchemaFile.Of(Of(ServiceKind.Notification), "CloudEvent", SchemaFile.Notice),
        ];
        return new(openApi, [.. schemas.OrderBy(s => s.Name, StringComparer.Ordinal)], Api.AsyncApi.Of(schemas, name => Samples.Of(checkout.Root, name)));
    }

    private static string TextOf(JsonObject document) => document.ToJsonString(Readable) + "\n";

    private static async Task<string> AskAsync(Checkout checkout, ServiceKind kind, string what, CancellationToken cancellationToken)
    {
        var outcome = await AskedService.RunAsync(checkout, kind, [what], cancellationToken);
        return outcome.Succeeded ? outcome.Output + "\n" : throw new ServiceFailedException($"{kind.Name} has not written its {what} document:\n{outcome.Everything}");
    }
}
