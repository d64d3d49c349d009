using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using SafeHarbor.Contracts;

namespace SafeHarbor.ServiceDefaults.Api;

/// <summary>
/// The schemas of a document, from what the serializer does with a type, the comments and the attributes of its members. A type that is both sent and given
/// is two: what must be sent and what is always given differ. The answers' is named with "View" then; so ask for all that is sent before what is given.
/// </summary>
internal sealed class Schemas(OpenApiDocument document, JsonSerializerOptions json, XmlDocumentation comments)
{
    private static readonly Dictionary<Type, (JsonSchemaType? Type, string? Format)> Plain = new()
    {
        [typeof(string)] = (JsonSchemaType.String, null),
        [typeof(bool)] = (JsonSchemaType.Boolean, null),
        [typeof(int)] = (JsonSchemaType.Integer, "int32"),
        [typeof(long)] = (JsonSchemaType.Integer, "int64"),
        [typeof(double)] = (JsonSchemaType.Number, "double"),
        [typeof(Guid)] = (JsonSchemaType.String, "uuid"),
        [typeof(DateTimeOffset)] = (JsonSchemaType.String, "date-time"),
        [typeof(DateOnly)] = (JsonSchemaType.String, "date"),
        [typeof(JsonNode)] = (JsonSchemaType.Object, null),
        [typeof(JsonElement)] = (null, null),
    };

    private readonly SortedDictionary<string, IOpenApiSchema> _components = new(StringComparer.Ordinal);
    private readonly HashSet<Type> _sent = [];
    private readonly bool _leavesNullsOut = json.DefaultIgnoreCondition == JsonIgnoreCondition.WhenWritingNull;
    private readonly CodeSchemas _codes = new(comments);
    private readonly ContractSchemas _contracts = new(comments);

    /// <summary>Every schema that was asked for and has a name, in the order of the names.</summary>
    public IDictionary<string, IOpenApiSchema> Named => new Dictionary<string, IOpenApiSchema>(_components);

    /// <summary>The schema of a request's body.</summary>
    public IOpenApiSchema Sent(Type type) => Of(type, isSent: true);

    /// <summary>The schema of an answer's body.</summary>
    public IOpenApiSchema Given(Type type) => Of(type, isSent: false);

    /// <summary>The schema of a query parameter, a route value or a header.</summary>
    public IOpenApiSchema Parameter(Type type, ICustomAttributeProvider declared) => Refined(Of(type, isSent: true), [declared]);

    private IOpenApiSchema Of(Type type, bool isSent)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (Plain.TryGetValue(bare, out var plain))
            return new OpenApiSchema { Type = plain.Type, Format = plain.Format };
        if (bare.IsEnum)
            return Component(bare.Name, () => _codes.Of(bare, json));
        if (ContractSchemas.Know(bare))
            // A message, which leaves nulls out, is read from services alone, and what was sent before must be taken.
            return Component(bare.Name, () => _contracts.Of(bare, isLimited: isSent && !_leavesNullsOut));
        var shape = json.GetTypeInfo(bare);
        return shape.Kind switch
        {
            JsonTypeInfoKind.Object => Component(NameOf(bare, isSent), () => Object(shape, isSent)),
            JsonTypeInfoKind.Enumerable => new OpenApiSchema { Type = JsonSchemaType.Array, Items = Of(shape.ElementType!, isSent) },
            JsonTypeInfoKind.Dictionary => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Of(shape.ElementType!, isSent) },
            // What has a converter of its own is written as a text.
            _ => new OpenApiSchema { Type = JsonSchemaType.String },
        };
    }

    private string NameOf(Type type, bool isSent)
    {
        if (isSent)
            _sent.Add(type);
        var name = type.IsGenericType
            ? $"{type.GenericTypeArguments[0].Name}{type.Name.Split('`')[0]}"
            : type.GetCustomAttribute<DisplayNameAttribute>()?.DisplayName ?? type.Name;
        return !isSent && _sent.Contains(type) ? $"{name}View" : name;
    }

    private OpenApiSchemaReference Component(string name, Func<OpenApiSchema> make)
    {
        // Reserved first: a type may hold itself.
        if (_components.TryAdd(name, null!))
            _components[name] = make();
        return new(name, document);
    }

    private OpenApiSchema Object(JsonTypeInfo shape, bool isSent)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = comments.Of(shape.Type),
            Properties = new Dictionary<string, IOpenApiSchema>(),
            Required = new HashSet<string>(),
            AdditionalPropertiesAllowed = !isSent || json.UnmappedMemberHandling != JsonUnmappedMemberHandling.Disallow,
        };
        foreach (var member in shape.Properties.Where(member => (isSent ? member.Set : (object?)member.Get) is not null))
        {
            var attributes = AttributesOf(member);
            var isAlways = isSent ? member.IsRequired || Has<RequiredAttribute>(attributes) : !Has<JsonIgnoreAttribute>(attributes);
            schema.Properties[member.Name] = Member(member, attributes, isSent, mayBeNull: isSent ? !isAlways : isAlways);
            if (isAlways)
                schema.Required.Add(member.Name);
        }
        return schema;
    }

    private IOpenApiSchema Member(JsonPropertyInfo member, IReadOnlyList<ICustomAttributeProvider> attributes, bool isSent, bool mayBeNull)
    {
        // A member with a converter of its own holds JSON that was stored.
        var schema = member.CustomConverter is null
            ? Refined(Of(member.PropertyType, isSent), attributes)
            : new OpenApiSchema { Type = JsonSchemaType.Object };
        if (mayBeNull && !_leavesNullsOut && (isSent ? member.IsSetNullable : member.IsGetNullable))
            schema = OrNull(schema);
        schema.Description = comments.Of((PropertyInfo)member.AttributeProvider!);
        if (isSent && mayBeNull && schema is OpenApiSchema { Default: null } plain && InitialOf(member) is { } initial)
            plain.Default = JsonSerializer.SerializeToNode(initial, json);
        return schema;
    }

    // The attributes of a record's parameter are the property's too.
    private static IReadOnlyList<ICustomAttributeProvider> AttributesOf(JsonPropertyInfo member) =>
        member.AssociatedParameter?.AttributeProvider is { } parameter ? [member.AttributeProvider!, parameter] : [member.AttributeProvider!];

    private static bool Has<TAttribute>(IEnumerable<ICustomAttributeProvider> attributes) => attributes.Any(a => a.IsDefined(typeof(TAttribute), inherit: true));

    private static object? InitialOf(JsonPropertyInfo member) => member.PropertyType.IsValueType && Nullable.GetUnderlyingType(member.PropertyType) is null
        && member.DeclaringType.GetConstructor([]) is { } make ? member.Get?.Invoke(make.Invoke([])) : null;

    private IOpenApiSchema Refined(IOpenApiSchema schema, IReadOnlyList<ICustomAttributeProvider> declared)
    {
        var attributes = declared.SelectMany(d => d.GetCustomAttributes(inherit: true)).ToList();
        if (schema is OpenApiSchema plain)
            Constraints.Apply(plain, attributes);
        return attributes.OfType<CodeOfAttribute>().FirstOrDefault() is { } codes ? WithCodes(schema, codes) : schema;
    }

    private IOpenApiSchema WithCodes(IOpenApiSchema schema, CodeOfAttribute codes)
    {
        var code = codes.List.IsEnum ? Of(codes.List, isSent: true) : codes.Except.Length == 0 ? (IOpenApiSchema)Component(codes.Name, () => _codes.Of(codes)) : _codes.Of(codes);
        if (schema is not OpenApiSchema { Type: { } type } several || type.HasFlag(JsonSchemaType.String))
            return code;
        if (type.HasFlag(JsonSchemaType.Array))
            several.Items = code;
        else
            several.PropertyNames = code;
        return several;
    }

    private static OpenApiSchema OrNull(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema plain)
            return new OpenApiSchema { OneOf = [schema, new OpenApiSchema { Type = JsonSchemaType.Null }] };
        plain.Type |= JsonSchemaType.Null;
        plain.Enum?.Add(null!);
        return plain;
    }
}
