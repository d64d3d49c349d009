using Microsoft.OpenApi;

namespace SafeHarbor.ServiceDefaults.Hosting;

/// <summary>
/// The serializer refuses members that it does not know, and so every schema says. For what is sent that is right; an answer may get a member that its reader
/// does not know yet, and is left open.
/// </summary>
internal static class ClosedSchemas
{
    /// <summary>Opens the schemas that no request body uses.</summary>
    public static void OpenAnswers(OpenApiDocument document)
    {
        var sent = new HashSet<string>();
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations?.Values.ToList() ?? []))
        {
            foreach (var content in operation.RequestBody?.Content?.Values.ToList() ?? [])
                Collect(content.Schema, sent);
        }
        foreach (var (name, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (schema is OpenApiSchema answer && !sent.Contains(name))
                answer.AdditionalPropertiesAllowed = true;
        }
    }

    private static void Collect(IOpenApiSchema? schema, HashSet<string> sent)
    {
        if (schema is null || schema is OpenApiSchemaReference { Reference.Id: { } name } && !sent.Add(name))
            return;
        foreach (var part in (IEnumerable<IOpenApiSchema?>)[.. schema.Properties?.Values ?? [], .. schema.OneOf ?? [], .. schema.AnyOf ?? [], schema.Items, schema.AdditionalProperties])
            Collect(part, sent);
    }
}
