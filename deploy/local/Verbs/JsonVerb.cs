using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SafeHarbor.Local.Verbs;

/// <summary>Reads a service's answer in a terminal, so that trying the APIs takes nothing but a shell and curl.</summary>
internal static class JsonVerb
{
    public static Command Create()
    {
        var pointer = new Argument<string>("pointer") { Description = "Only this part of it, by JSON Pointer: /reports/0/reportId.", DefaultValueFactory = _ => "" };
        var command = new Command("json", "Writes the JSON of standard input for people, or one value of it for a script's variable.") { pointer };
        command.SetAction(arguments => Console.WriteLine(Read(Console.In.ReadToEnd(), arguments.GetValue(pointer)!)));
        return command;
    }

    /// <exception cref="FormatException">It is no JSON, or has no such part; the message shows what came instead.</exception>
    internal static string Read(string text, string pointer)
    {
        JsonNode? value;
        try
        {
            value = JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            throw new FormatException(text.Trim().Length == 0 ? "Nothing came that could be read." : $"This is no JSON: {text.Trim()}");
        }

        var whole = value;
        foreach (var token in pointer.Split('/').Skip(1))
            value = Member(value, token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
                ?? throw new FormatException($"There is no {pointer} in what came: {Json.Of(whole)}");
        return value is JsonValue one && one.TryGetValue<string>(out var plain) ? plain : Json.Of(value);
    }

    private static JsonNode? Member(JsonNode? value, string token) => value switch
    {
        JsonObject members => members[token],
        JsonArray items when int.TryParse(token, out var index) && index >= 0 && index < items.Count => items[index],
        _ => null,
    };
}
