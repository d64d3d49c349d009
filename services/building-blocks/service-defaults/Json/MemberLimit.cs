using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace SafeHarbor.ServiceDefaults.Json;

/// <summary>How much a member takes, by its attributes, which the OpenAPI document says too: characters of a text, entries of a list, characters of each of its texts.</summary>
internal sealed record MemberLimit(int? Most, MemberLimit? OfItems)
{
    private static readonly ConditionalWeakTable<JsonPropertyInfo, StrongBox<MemberLimit?>> Known = [];

    /// <summary>The limit of a member; null when it has none.</summary>
    public static MemberLimit? Of(JsonPropertyInfo member) => Known.GetValue(member, static m => new(Read(m))).Value;

    /// <summary>Has what is read of a type held against its members' limits. A type is read only whole, so that whoever reads it need not look.</summary>
    public static void Hold(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        // What the attributes of a record's parameters are is known when the first is read.
        var limited = new Lazy<(JsonPropertyInfo Member, MemberLimit Limit)[]>(() => [.. type.Properties.Select(p => (p, Of(p)!)).Where(p => p.Item2 is not null && p.p.Get is not null)]);
        var earlier = type.OnDeserialized;
        type.OnDeserialized = read =>
        {
            earlier?.Invoke(read);
            foreach (var (member, limit) in limited.Value)
                if (limit.Broken(member.Get!(read)) is { } broken)
                    throw new JsonRuleException(broken.Code, broken.Rule, JsonPointer.Of(member.Name));
        };
    }

    /// <summary>What a value breaks; null when it keeps the limit.</summary>
    public (string Code, string Rule)? Broken(object? value) => value switch
    {
        string text when text.Length > Most => ("too-long", $"At most {Most} characters are taken here."),
        string or null => null,
        ICollection list when list.Count > Most => TooMany(),
        IEnumerable<string?> texts when OfItems is not null => texts.Select(OfItems.Broken).FirstOrDefault(broken => broken is not null),
        _ => null,
    };

    /// <summary>That a list has more entries than it may.</summary>
    public (string Code, string Rule) TooMany() => ("too-many", $"At most {Most} entries are taken here.");

    private static MemberLimit? Read(JsonPropertyInfo member)
    {
        var declared = new[] { member.AttributeProvider, member.AssociatedParameter?.AttributeProvider };
        var most = Attribute<MaxLengthAttribute>(declared)?.Length;
        var ofItems = Attribute<ItemLengthAttribute>(declared)?.Most;
        return most is null && ofItems is null ? null : new(most, ofItems is null ? null : new(ofItems, null));
    }

    private static T? Attribute<T>(IEnumerable<ICustomAttributeProvider?> declared) where T : Attribute =>
        declared.SelectMany(d => d?.GetCustomAttributes(typeof(T), inherit: true) ?? []).Cast<T>().FirstOrDefault();
}
