using System.Text.Json.Nodes;

namespace SafeHarbor.ServiceDefaults.Api;

/// <summary>What a document shows of an operation: <c>&lt;operationId&gt;.example.json</c> beside the use case is sent by a test, <c>&lt;operationId&gt;.answer.json</c> written by it.</summary>
internal static class Examples
{
    /// <summary>The file; null when there is none.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="near">Types beside which it may stand, and the types that they are made of.</param>
    public static JsonNode? Of(string file, IEnumerable<Type?> near)
    {
        foreach (var assembly in near.OfType<Type>().SelectMany(type => type.GetGenericArguments().Prepend(type)).Select(type => type.Assembly).Distinct())
        {
            using var example = assembly.GetManifestResourceStream(file);
            if (example is not null)
                return JsonNode.Parse(example);
        }
        return null;
    }
}
