using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace SafeHarbor.Fuzz;

/// <summary>Makes another body of a body: of its values, or of its bytes.</summary>
internal static class Mutation
{
    private static readonly byte[][] Snippets =
    [
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], [0], .. new[] { "{", "}", "[", "]", ",", ":", "\"", "\\u0000", "\\ud800", "\\udc00", "/*", "//", "1e999", "-", "null", "\"a\":1,\"a\":2", "\n\n{}", "\\x" }.Select(Encoding.UTF8.GetBytes),
    ];

    public static Gen<byte[]> Of(byte[] body) => Gen.Frequency((5, Values(body)), (3, Bytes(body)), (1, Values(body).SelectMany(Bytes)));

    private static Gen<byte[]> Values(byte[] body)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(body, documentOptions: new() { MaxDepth = 256 });
            // A member that is given twice is found only when it is looked at.
            if (root is null || Places(root).Count == 0)
                return Bytes(body);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return Bytes(body);
        }
        return from times in Gen.Choose(1, 3)
               from steps in Step().ArrayOf(times)
               select Tried(body, root, steps);
    }

    // What cannot be read as a program reads it stays as it is.
    private static byte[] Tried(byte[] body, JsonNode root, IEnumerable<(int Place, int How, JsonNode? Value, string Name)> steps)
    {
        try
        {
            return Apply(root, steps);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or JsonException)
        {
            return body;
        }
    }

    private static Gen<(int Place, int How, JsonNode? Value, string Name)> Step() =>
        from place in Gen.Choose(0, 100_000)
        from how in Gen.Choose(0, 7)
        from value in Hostile.Value
        from name in Hostile.Text
        select (place, how, value, name);

    private static byte[] Apply(JsonNode root, IEnumerable<(int Place, int How, JsonNode? Value, string Name)> steps)
    {
        var changed = root.DeepClone();
        foreach (var (place, how, value, name) in steps)
        {
            var places = Places(changed);
            if (places.Count == 0)
                break;
            var (parent, key) = places[place % places.Count];
            switch (how)
            {
                case 0 or 1 or 2:
                    Set(parent, key, value?.DeepClone());
                    break;
                case 3:
                    Remove(parent, key);
                    break;
                case 4:
                    Set(parent, key, new JsonArray(Get(parent, key)?.DeepClone()));
                    break;
                case 5 when parent is JsonObject members && name.Length < 300 && !name.Any(char.IsSurrogate):
                    members[name] = value?.DeepClone();
                    break;
                case 6 when Get(parent, key) is JsonArray { Count: > 0 } list:
                    for (var i = 0; i < 60; i++)
                        list.Add(list[0]?.DeepClone());
                    break;
                default:
                    Set(parent, key, Get(places[(place / 7) % places.Count].Parent, places[(place / 7) % places.Count].Key)?.DeepClone());
                    break;
            }
        }
        return Encoding.UTF8.GetBytes(changed.ToJsonString());
    }

    private static Gen<byte[]> Bytes(byte[] body) =>
        from at in Gen.Choose(0, Math.Max(0, body.Length - 1))
        from length in Gen.Choose(1, 20)
        from snippet in Gen.Elements(Snippets)
        from how in Gen.Choose(0, 4)
        select how switch
        {
            0 => body[..at],
            1 => [.. body[..at], .. snippet, .. body[at..]],
            2 => [.. body[..at], .. body[Math.Min(body.Length, at + length)..]],
            3 => [.. body[..at], .. body[at..Math.Min(body.Length, at + length)], .. body[at..]],
            _ => [.. body[..at], .. snippet, .. body[Math.Min(body.Length, at + snippet.Length)..]],
        };

    private static List<(JsonNode Parent, object Key)> Places(JsonNode node)
    {
        var all = new List<(JsonNode, object)>();
        Add(node);
        return all;

        void Add(JsonNode? at)
        {
            if (at is JsonObject members)
                foreach (var (name, value) in members)
                {
                    all.Add((members, name));
                    Add(value);
                }
            else if (at is JsonArray items)
                for (var i = 0; i < items.Count; i++)
                {
                    all.Add((items, i));
                    Add(items[i]);
                }
        }
    }

    private static JsonNode? Get(JsonNode parent, object key) => key is string name ? parent[name] : (int)key < parent.AsArray().Count ? parent[(int)key] : null;

    private static void Set(JsonNode parent, object key, JsonNode? value)
    {
        if (key is string name)
            parent[name] = value;
        else if ((int)key < parent.AsArray().Count)
            parent[(int)key] = value;
    }

    private static void Remove(JsonNode parent, object key)
    {
        if (key is string name)
            parent.AsObject().Remove(name);
        else if ((int)key < parent.AsArray().Count)
            parent.AsArray().RemoveAt((int)key);
    }
}
