using Microsoft.OpenApi;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.ServiceDefaults.Api;

/// <summary>The types of <c>contracts/</c> that are text of one form in JSON.</summary>
internal sealed class ContractSchemas(XmlDocumentation comments)
{
    private static readonly Dictionary<Type, (string Pattern, int Longest)> Forms = new()
    {
        [typeof(Organization)] = ("^(le|county|provider|da|licensing|tribe|attorney|state):[A-Za-z0-9-]+$", Organization.Longest),
        [typeof(CountyFips)] = ("^[0-9]{5}$", 5),
    };

    public static bool Know(Type type) => Forms.ContainsKey(type);

    /// <summary>The schema of such a type; with how long it may be, too, where anybody may send it.</summary>
    public OpenApiSchema Of(Type type, bool isLimited) =>
        new() { Type = JsonSchemaType.String, Pattern = Forms[type].Pattern, MaxLength = isLimited ? Forms[type].Longest : null, Description = comments.Of(type) };
}
