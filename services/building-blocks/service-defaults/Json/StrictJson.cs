using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace SafeHarbor.ServiceDefaults.Json;

/// <summary>How JSON is read and written over HTTP.</summary>
public static class StrictJson
{
    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 32;

    /// <summary>
    /// camelCase, exactly; numbers are numbers; a member that is given twice or not known is an error; instants carry an offset; text holds neither U+0000
    /// nor broken surrogates.
    /// </summary>
    public static void Apply(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        json.PropertyNameCaseInsensitive = false;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.MaxDepth = MaxDepth;
        // People read answers, too: apostrophes and letters with accents as they are. No answer becomes part of a page (SecurityHeaders).
        json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        json.AllowDuplicateProperties = false;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.Converters.Add(new TextConverter());
        json.Converters.Add(new ElementConverter());
        json.Converters.Add(new InstantConverter());
    }

    internal static void AddStrictJson(this WebApplicationBuilder builder) =>
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            Apply(options.SerializerOptions);
            options.SerializerOptions.TypeInfoResolver = (options.SerializerOptions.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(MemberLimit.Hold);
        });
}
