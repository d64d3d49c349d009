using System.Text.Json.Nodes;
using SafeHarbor.Contracts;

namespace SafeHarbor.Local.Api;

/// <summary>
/// The AsyncAPI 3 document: what stands in <c>asyncapi.json</c> beside this file (servers, headers, webhooks), and from the messages' records an exchange for each, a queue for
/// each subscription, and an operation for everything that a service or a node publishes or consumes.
/// </summary>
internal sealed class AsyncApi
{
    private const string Node = "node";
    private const string Bindings = "0.3.0";

    private readonly JsonObject _document = JsonNode.Parse(typeof(AsyncApi).Assembly.GetManifestResourceStream("asyncapi.json")!)!.AsObject();

    private JsonObject Channels => _document["channels"]!.AsObject();

    private JsonObject Operations => _document["operations"]!.AsObject();

    private JsonObject Messages => _document["components"]!["messages"]!.AsObject();

    /// <summary>The document.</summary>
    /// <param name="schemas">Of every message, and of the notice.</param>
    /// <param name="examples">What is shown of a message, by its name; each with a name of its own.</param>
    public static JsonObject Of(IReadOnlyList<SchemaFile> schemas, Func<string, IEnumerable<(string Name, JsonNode Payload)>> examples)
    {
        var one = new AsyncApi();
        foreach (var message in Subscriptions.All.SelectMany(s => s.Messages).Distinct().OrderBy(WireNameAttribute.Of, StringComparer.Ordinal))
            one.Publish(message, schemas.Single(s => s.Name == WireNameAttribute.Of(message)));
        foreach (var subscription in Subscriptions.All)
            one.Subscribe(subscription);
        foreach (var queue in Queues.Addressed)
            one.Address(Subscriptions.Of(queue));
        foreach (var (name, message) in one.Messages)
            message!["examples"] = new JsonArray([.. examples(name).Select(e => new JsonObject { ["name"] = e.Name, ["payload"] = e.Payload })]);
        one._document["info"]!["tags"] = Tags([.. Services.All, Node]);
        return one._document;
    }

    private void Publish(Type message, SchemaFile schema)
    {
        var name = WireNameAttribute.Of(message);
        string[] publishers = [.. Services.All.Where(s => Publications.Of(s).Contains(message)), .. Publications.OfNodes.Contains(message) ? [Node] : Array.Empty<string>()];
        Messages[name] = new JsonObject
        {
            ["name"] = name,
            ["title"] = message.Name,
            ["summary"] = (string?)schema.Schema["description"],
            ["tags"] = Tags(publishers),
            ["traits"] = new JsonArray(Reference("#/components/messageTraits/amqp")),
            ["bindings"] = Amqp(new() { ["messageType"] = name }),
            ["payload"] = Reference($"schemas/{name}.json"),
        };
        var exchange = BrokerNames.ExchangeOf(message);
        Channels[name] = Channel(exchange, $"Exchange of {name}",
            message.IsAssignableTo(typeof(IAddressed)) ? "Its routing key is the addressee's: an organization such as `county:06037`, a node's `node:NAME`, or empty for the statewide system." : "It needs no routing key.",
            Exchange(exchange, "fanout"), [name]);
        foreach (var publisher in publishers)
            Operation($"{publisher}.publishes.{name}", "send", name, $"{Who(publisher)} publishes {name}", publisher, [name]);
    }

    private void Subscribe(Subscription subscription)
    {
        var names = NamesOf(subscription);
        Channels[subscription.Queue] = Channel(subscription.Queue, $"Queue {subscription.Queue}",
            "Bound to the exchanges of its messages, before anybody publishes. A quorum queue: what is in it is on several disks where there are several brokers.", Queue(subscription.Queue), names);
        Operation($"{subscription.Service}.consumes.{subscription.Queue}", "receive", subscription.Queue, $"{subscription.Service} consumes {subscription.Queue}", subscription.Service, names);
    }

    private void Address(Subscription subscription)
    {
        var (names, entrance, purpose) = (NamesOf(subscription), BrokerNames.EntranceOf(subscription.Queue), subscription.Queue[(subscription.Service.Length + 1)..]);
        Channels[entrance] = Channel("{key}", $"Exchange {entrance}", "Where a node binds its own key and its organizations'. What nobody has bound goes on to the statewide queue.", Exchange(entrance, "topic"), names);
        Channels[entrance]!["parameters"] = new JsonObject { ["key"] = new JsonObject { ["description"] = "The routing key of the addressee.", ["examples"] = new JsonArray("county:06037", "node:los-angeles") } };
        var queue = $"{Node}-{purpose}";
        Channels[queue] = Channel($"node-{{name}}-{purpose}", $"Queue of a node in the place of {subscription.Queue}", "It has what is addressed to the node and to its organizations.", Queue($"node-{{name}}-{purpose}"), names);
        Channels[queue]!["parameters"] = new JsonObject { ["name"] = new JsonObject { ["description"] = "The node's name.", ["examples"] = new JsonArray("los-angeles") } };
        Operation($"{Node}.consumes.{queue}", "receive", queue, $"{Who(Node)} consumes what is addressed to it", Node, names);
    }

    private void Operation(string name, string action, string channel, string summary, string tag, IEnumerable<string> messages) => Operations[name] = new JsonObject
    {
        ["action"] = action,
        ["channel"] = Reference($"#/channels/{channel}"),
        ["summary"] = summary,
        ["tags"] = Tags(tag),
        ["messages"] = new JsonArray([.. messages.Select(message => Reference($"#/channels/{channel}/messages/{message}"))]),
    };

    private static string[] NamesOf(Subscription subscription) => [.. subscription.Messages.Select(WireNameAttribute.Of).Order(StringComparer.Ordinal)];

    private static string Who(string publisher) => publisher == Node ? "A node" : publisher;

    private static JsonObject Channel(string address, string title, string description, JsonObject bindings, IEnumerable<string> messages) => new()
    {
        ["address"] = address,
        ["title"] = title,
        ["description"] = description,
        ["servers"] = new JsonArray(Reference("#/servers/broker")),
        ["messages"] = new JsonObject(messages.Select(m => KeyValuePair.Create(m, (JsonNode?)Reference($"#/components/messages/{m}")))),
        ["bindings"] = bindings,
    };

    private static JsonObject Exchange(string name, string type) =>
        Amqp(new() { ["is"] = "routingKey", ["exchange"] = new JsonObject { ["name"] = name, ["type"] = type, ["durable"] = true, ["autoDelete"] = false } });

    private static JsonObject Queue(string name) =>
        Amqp(new() { ["is"] = "queue", ["queue"] = new JsonObject { ["name"] = name, ["durable"] = true, ["exclusive"] = false, ["autoDelete"] = false } });

    private static JsonObject Amqp(JsonObject binding)
    {
        binding["bindingVersion"] = Bindings;
        return new() { ["amqp"] = binding };
    }

    private static JsonArray Tags(params IEnumerable<string> names) => [.. names.Select(name => new JsonObject { ["name"] = name })];

    private static JsonObject Reference(string to) => new() { ["$ref"] = to };
}
