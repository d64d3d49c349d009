using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SafeHarbor.ServiceDefaults.Json;

/// <summary>What a value looks like, for people who do not know .NET.</summary>
internal static class Expected
{
    /// <summary>The beginning of a place in a body of type <paramref name="root"/>, as far as the program knows it.</summary>
    public static IReadOnlyList<string> Known(Type? root, IReadOnlyList<string> tokens, JsonSerializerOptions json) =>
        [.. tokens.TakeWhile((_, i) => At(root, tokens.Take(i + 1), json) is not null)];

    /// <summary>The type that the program wants at a place in a body of type <paramref name="root"/>; null when it has none there.</summary>
    public static Type? At(Type? root, IEnumerable<string> tokens, JsonSerializerOptions json)
    {
        var type = root;
        foreach (var token in tokens)
        {
            if (type is null)
                return null;
            var shape = json.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
            type = shape.Kind == JsonTypeInfoKind.Object
                ? shape.Properties.FirstOrDefault(member => member.Name.Equals(token, StringComparison.OrdinalIgnoreCase))?.PropertyType
                : shape.ElementType;
        }

        return type;
    }

    /// <summary>A sentence that describes values of <paramref name="type"/>.</summary>
    public static string Form(Type? type)
    {
        var bare = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        var isList = bare is not null && JsonTypeInfo.CreateJsonTypeInfo(bare, JsonSerializerOptions.Default).Kind == JsonTypeInfoKind.Enumerable;
        return isList ? "Give a JSON array." : Form(bare?.Name ?? "");
    }

    /// <summary>The same for the name of a type, as the framework writes it in its messages about parameters.</summary>
    public static string Form(string type) => type.Replace("Nullable<", "", StringComparison.Ordinal).TrimEnd('>', '?') switch
    {
        "String" or "string" => "Give a JSON string, in quotation marks.",
        "Int64" or "Int32" or "Int16" or "Byte" or "long" or "int" or "short" or "byte" => "Give a whole number, without quotation marks.",
        "Double" or "Single" or "Decimal" or "double" or "float" or "decimal" => "Give a number, without quotation marks.",
        "Boolean" or "bool" => "Give true or false, without quotation marks.",
        "Guid" => "Give a UUID such as 018f6f2e-0000-7000-8000-000000000000.",
        "DateOnly" => "Give a date such as 2026-11-20.",
        "DateTimeOffset" => InstantConverter.Form,
        _ => "Compare it with /openapi/v1.json.",
    };
}
