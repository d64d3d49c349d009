using Microsoft.OpenApi;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.ServiceDefaults.Api;

/// <summary>The types of <c>contracts/</c> that are text of one form in JSON.</summary>
internal sealed class ContractSchemas(XmlDocumentation comments)
{
    private static readonly Dictionary<Type, string> Patterns = new()
    {
        [typeof(Organization)] = "^(le|county|provider|da|licensing|tribe|attorney|state):[A-Za-z0-9-]+$",
        [typeof(CountyFips)] = "^[0-9]{5}$",
    };

    public static bool Know(Type type) => Patterns.ContainsKey(type);

    public OpenApiSchema Of(Type type) => new() { Type = JsonSchemaType.String, Pattern = Patterns[type], Description = comments.Of(type) };
}
