using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using MassTransit.Serialization;
using SafeHarbor.Contracts;
using SafeHarbor.Local;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Messaging.Tests;

/// <summary>Whatever was ever published goes on being read: the frozen samples of docs/schemas, by what reads messages from the broker.</summary>
public sealed class SampleTests
{
    private static readonly string Folder = Path.Combine(Checkout.Find().Root, "docs", "schemas", "samples");

    private static readonly Dictionary<string, Type> Messages = Subscriptions.All.SelectMany(s => s.Messages).Distinct().ToDictionary(WireNameAttribute.Of);

    public static TheoryData<string, string> All =>
    [
        .. from folder in Directory.EnumerateDirectories(Folder)
           where Messages.ContainsKey(Path.GetFileName(folder))
           from file in Directory.EnumerateFiles(folder)
           select (Path.GetFileName(folder), Path.GetFileName(file)),
    ];

    [Fact]
    public void Every_message_has_a_full_and_a_minimal_sample() =>
        (from name in Messages.Keys from sample in (string[])["full.json", "minimal.json"] let file = Path.Combine(name, sample) where !File.Exists(Path.Combine(Folder, file)) select file)
            .ShouldBeEmpty("write it into docs/schemas/samples; what it may hold is in docs/schemas");

    [Fact]
    public void A_full_sample_has_every_member()
    {
        foreach (var (name, type) in Messages)
            Missing(type, Sample(name, "full.json"), name).ShouldBeEmpty("samples that are there stay as they are: add one that has it");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_sample_is_read_and_nothing_of_it_is_lost(string name, string file)
    {
        var sample = Sample(name, file);

        JsonNode.DeepEquals(Written(Read(name, sample)), sample).ShouldBeTrue($"{name} is written as {Written(Read(name, sample)).ToJsonString()}");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_member_that_nobody_knows_is_ignored_wherever_it_stands(string name, string file)
    {
        var (sample, more) = (Sample(name, file), Sample(name, file));
        foreach (var part in Objects(more).ToList())
            part["addedLater"] = new JsonObject { ["of"] = 1 };

        JsonNode.DeepEquals(Written(Read(name, more)), sample).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_may_be_missing_may_be_missing_and_what_must_be_there_must(string name, string file)
    {
        var required = Schema(name)["required"]!.AsArray().Select(member => (string)member!).ToList();
        foreach (var member in Sample(name, file).Select(m => m.Key))
        {
            var without = Sample(name, file);
            without.Remove(member);
            if (required.Contains(member))
                Should.Throw<JsonException>(() => Read(name, without), $"{name} without {member}");
            else
                Read(name, without).ShouldNotBeNull();
        }
    }

    private static object Read(string name, JsonObject sample)
    {
        var context = new WireSerializerContext(name, new StringMessageBody(sample.ToJsonString()), new DictionarySendHeaders(new Dictionary<string, object?>()), null);
        return context.TryGetMessage(Messages[name], out var message) ? message : throw new InvalidOperationException($"{name} is not a message.");
    }

    private static JsonNode Written(object message) => JsonNode.Parse(WireFormat.Serialize(message))!;

    private static JsonObject Sample(string name, string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name, file)))!.AsObject();

    private static JsonNode Schema(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "..", $"{name}.json")))!;

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject one => one.SelectMany(member => Objects(member.Value)).Prepend(one),
        JsonArray several => several.SelectMany(Objects),
        _ => [],
    };

    private static IEnumerable<string> Missing(Type type, JsonNode? sample, string at) => sample switch
    {
        JsonArray several => several.SelectMany(one => Missing(type.GetGenericArguments()[0], one, at)),
        JsonObject one => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(property =>
            JsonNamingPolicy.CamelCase.ConvertName(property.Name) is var member && one.ContainsKey(member) ? Missing(property.PropertyType, one[member], $"{at}/{member}") : [$"{at}/{member}"]),
        _ => [],
    };
}
