using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SafeHarbor.Contracts;

namespace SafeHarbor.ServiceDefaults.Json;

/// <summary>What a value looks like, for people who do not know .NET.</summary>
internal static class Expected
{
    /// <summary>Where every form is documented.</summary>
    public const string Document = "/openapi/v1.json";

    /// <summary>A sentence that describes values of <paramref name="type"/>.</summary>
    public static string Form(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IText<>)))
            return (string)bare.GetProperty(nameof(IText<>.Form))!.GetValue(null)!;
        return JsonTypeInfo.CreateJsonTypeInfo(bare, JsonSerializerOptions.Default).Kind switch
        {
            JsonTypeInfoKind.Enumerable => "Give a JSON array.",
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => $"Give a JSON object; {Document} shows its members.",
            _ => Form(bare.Name),
        };
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
        _ => $"Compare it with {Document}.",
    };
}
