using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.ServiceDefaults.Hosting;

/// <summary>How the OpenAPI document describes the types of <c>contracts/</c> that are text in JSON: of what a converter writes it would know nothing.</summary>
internal static class ContractSchemas
{
    private static readonly Dictionary<Type, (string? Pattern, string Description)> Texts = new()
    {
        [typeof(Organization)] = ("^(le|county|provider|da|licensing|tribe|attorney|state):[A-Za-z0-9-]+$", "An organization: its kind and its id, such as provider:harbor-house."),
        [typeof(CountyFips)] = ("^[0-9]{5}$", "A county's FIPS code."),
        [typeof(Role)] = (null, "Why a recipient gets a report."),
    };

    public static void AddContractSchemas(this OpenApiOptions options) => options.AddSchemaTransformer((schema, context, _) =>
    {
        if (Texts.TryGetValue(Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type, out var text))
            (schema.Type, schema.Pattern, schema.Description) = (JsonSchemaType.String, text.Pattern, text.Description);
        return Task.CompletedTask;
    });
}
