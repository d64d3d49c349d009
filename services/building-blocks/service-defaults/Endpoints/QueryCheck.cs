using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using SafeHarbor.ServiceDefaults.Json;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.ServiceDefaults.Endpoints;

/// <summary>
/// Refuses query parameters that the endpoint's handler does not take, and those that are given twice where it takes one: what was meant as a filter must not be
/// dropped, and an instant needs its offset here as in a body. What a handler takes is what it declares as parameters; their names are exact.
/// </summary>
internal sealed class QueryCheck(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        // Health checks and the like are no handlers of ours, and declare nothing.
        if (!context.Request.QueryString.HasValue || context.GetEndpoint() is not RouteEndpoint endpoint || endpoint.Metadata.GetMetadata<MethodInfo>() is null)
            return next(context);
        var errors = Check(context.Request.Query, Declared(endpoint));
        return errors.Any ? errors.ToProblem().ExecuteAsync(context) : next(context);
    }

    private static ValidationErrors Check(IQueryCollection query, Dictionary<string, Type> declared)
    {
        var errors = new ValidationErrors();
        foreach (var (name, values) in query)
        {
            if (!declared.TryGetValue(name, out var type))
                errors.AddParameter(BodyPlace.IsPlain(name) ? name : "query", "unknown-parameter", $"Is not known here. {Nearest.Hint(BodyPlace.IsPlain(name) ? name : null, declared.Keys)}");
            else if (values.Count > 1 && !type.IsArray)
                errors.AddParameter(name, "duplicate-parameter", "Is given twice. Give it once.");
            // The framework would take an instant without an offset for one of UTC.
            else if (type == typeof(DateTimeOffset?) && !InstantConverter.HasOffset(values.ToString()))
                errors.AddParameter(name, "offset-missing", $"The offset from UTC is missing. {InstantConverter.Form} In a query, write + as %2B.");
        }
        return errors;
    }

    /// <summary>The names of the query parameters, with their types; one that may be given several times is an array.</summary>
    private static Dictionary<string, Type> Declared(RouteEndpoint endpoint) => endpoint.Metadata.OfType<IParameterBindingMetadata>()
        .Where(parameter => endpoint.RoutePattern.GetParameter(parameter.Name) is null && IsInQuery(parameter))
        .ToDictionary(NameOf, parameter => parameter.ParameterInfo.ParameterType);

    private static bool IsInQuery(IParameterBindingMetadata parameter) => FromQuery(parameter) is not null
        || parameter.HasTryParse && !parameter.ParameterInfo.GetCustomAttributes(inherit: false).Any(from => from is IFromHeaderMetadata or IFromRouteMetadata);

    private static string NameOf(IParameterBindingMetadata parameter) => FromQuery(parameter)?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(parameter.Name);

    private static IFromQueryMetadata? FromQuery(IParameterBindingMetadata parameter) =>
        parameter.ParameterInfo.GetCustomAttributes(inherit: false).OfType<IFromQueryMetadata>().FirstOrDefault();
}
