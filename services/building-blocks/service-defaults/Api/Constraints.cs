using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.OpenApi;

namespace SafeHarbor.ServiceDefaults.Api;

/// <summary>What a member's attributes demand of its values. They demand nothing by themselves: the endpoints' validation does, by the same constants.</summary>
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
