using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.ServiceDefaults.Api;

/// <summary>Why a request was not done, as RFC 9457 says it: <c>application/problem+json</c>. Nothing that was sent is repeated.</summary>
/// <param name="Type">What is the matter, for programs: the path of its page at the service that answers, which everybody may read. It never changes.</param>
/// <param name="Title">The same in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What to do next, for people.</param>
/// <param name="TraceId">For asking the operator about it.</param>
/// <param name="Errors">All that is wrong with the request; with the type <c>validation</c> alone.</param>
[DisplayName("Problem")]
internal sealed record ProblemDocument([RegularExpression("/problems/[a-z-]+")] string Type, string Title, int Status, string Detail, string TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ValidationError>? Errors);
