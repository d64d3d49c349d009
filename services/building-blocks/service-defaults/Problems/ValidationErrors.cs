using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace SafeHarbor.ServiceDefaults.Problems;

#pragma warning disable CA1720 // "Pointer" is JSON's word (RFC 6901), and that of the problem on the wire.

/// <summary>One thing that is wrong in a request.</summary>
/// <param name="Pointer">JSON Pointer (RFC 6901) into the body, <c>""</c> for the whole body; absent when <paramref name="Parameter"/> is there.</param>
/// <param name="Parameter">Name of a route value, query parameter or header; absent when <paramref name="Pointer"/> is there.</param>
/// <param name="Code">Kebab-case, for programs: <c>out-of-range</c>.</param>
/// <param name="Detail">For people: what is wrong and what to do. Never quotes the value.</param>
public sealed record ValidationError(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Pointer,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Parameter,
    string Code,
    string Detail);

/// <summary>Collects what is wrong in a request, so that its sender learns everything at once.</summary>
public sealed class ValidationErrors
{
    private readonly List<ValidationError> _all = [];

    /// <summary>What was found, in the order in which it was found.</summary>
    public IReadOnlyList<ValidationError> All => _all;

    /// <summary>Whether anything is wrong.</summary>
    public bool Any => _all.Count > 0;

    /// <summary>Adds an error in the body.</summary>
    /// <param name="pointer">Where, as a JSON Pointer: <c>/children/0/approximateAge</c>.</param>
    /// <param name="code">Kebab-case, for programs.</param>
    /// <param name="detail">What is wrong and what to do. Must not quote the value.</param>
    public ValidationErrors Add(string pointer, string code, string detail)
    {
        _all.Add(new ValidationError(pointer, null, code, detail));
        return this;
    }

    /// <summary>Adds an error in a route value, a query parameter or a header.</summary>
    public ValidationErrors AddParameter(string name, string code, string detail)
    {
        _all.Add(new ValidationError(null, name, code, detail));
        return this;
    }

    /// <summary>Adds that a code in the body is none of those that are known. Codes are exact: one in another case is told the right one.</summary>
    public ValidationErrors AddUnknownCode(string pointer, string? code, IEnumerable<string> known) => Add(pointer, "unknown-code", Unknown(code, known));

    /// <summary>The same for the value of a query parameter: <c>unknown-value</c>.</summary>
    public ValidationErrors AddUnknownValue(string parameter, string? value, IEnumerable<string> known) => AddParameter(parameter, "unknown-value", Unknown(value, known));

    /// <summary>Adds that a query parameter has a value and it is none of the known ones.</summary>
    public ValidationErrors Check(string parameter, string? value, IReadOnlyCollection<string> known) =>
        value is null || known.Contains(value) ? this : AddUnknownValue(parameter, value, known);

    /// <summary>The 400 answer with all of them.</summary>
    public ProblemHttpResult ToProblem() => Problem.Validation(this);

    private static string Unknown(string? given, IEnumerable<string> known) =>
        $"Is not known here. {(Nearest.To(given, known) is { } nearest ? $"Did you mean `{nearest}`? " : "")}Known are {string.Join(", ", known)}.";
}
