using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.OpenApi;
using SafeHarbor.ServiceDefaults.Json;

namespace SafeHarbor.ServiceDefaults.Api;

/// <summary>What a member's attributes demand of its values. How long it may be is held by <see cref="MemberLimit"/>; the rest by the endpoints' validation, by the same constants.</summary>
internal static class Constraints
{
    public static void Apply(OpenApiSchema schema, IEnumerable<object> attributes)
    {
        var isList = schema.Type is { } type && type.HasFlag(JsonSchemaType.Array);
        foreach (var attribute in attributes)
        {
            switch (attribute)
            {
                case MaxLengthAttribute { Length: var most } when isList:
                    schema.MaxItems = most;
                    break;
                case MaxLengthAttribute { Length: var most }:
                    schema.MaxLength = most;
                    break;
                case ItemLengthAttribute { Most: var most } when schema.Items is OpenApiSchema item:
                    item.MaxLength = most;
                    break;
                case MinLengthAttribute { Length: var least } when isList:
                    schema.MinItems = least;
                    break;
                case MinLengthAttribute { Length: var least }:
                    schema.MinLength = least;
                    break;
                case RangeAttribute range:
                    schema.Minimum = Text(range.Minimum);
                    schema.Maximum = Text(range.Maximum);
                    break;
                case RegularExpressionAttribute { Pattern: var pattern }:
                    schema.Pattern = $"^(?:{pattern})$";
                    break;
                case UrlAttribute:
                    schema.Format = "uri";
                    break;
            }
        }
    }

    private static string? Text(object bound) => Convert.ToString(bound, CultureInfo.InvariantCulture);
}
