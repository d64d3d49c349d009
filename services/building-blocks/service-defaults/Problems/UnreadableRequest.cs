using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SafeHarbor.ServiceDefaults.Endpoints;
using SafeHarbor.ServiceDefaults.Json;

namespace SafeHarbor.ServiceDefaults.Problems;

/// <summary>
/// The problem behind a request that could not be bound to an endpoint's parameters. The framework says which parameter it was only in the
/// exception's message; the name in there is the program's, what follows it is the sender's and is dropped.
/// </summary>
internal static partial class UnreadableRequest
{
    public static ProblemHttpResult Explain(HttpContext context, BadHttpRequestException failure)
    {
        if (failure.StatusCode != StatusCodes.Status400BadRequest)
            return StatusProblem.For(context, failure.StatusCode);
        if (failure.InnerException is JsonException && JsonBody.Explain(context) is { Any: true } errors)
            return errors.ToProblem();
        if (Unparsable().Match(failure.Message) is { Success: true } unparsable)
        {
            return new ValidationErrors()
                .AddParameter(NameOf(unparsable), "wrong-form", $"Cannot be read. {Expected.Form(unparsable.Groups["type"].Value)}").ToProblem();
        }

        if (MissingBody().IsMatch(failure.Message))
            return new ValidationErrors().Add("", "required", "The request needs a JSON body; /openapi/v1.json shows its form.").ToProblem();
        if (Missing().Match(failure.Message) is { Success: true } missing)
            return new ValidationErrors().AddParameter(NameOf(missing), "required", "Must be given.").ToProblem();
        return StatusProblem.For(context, failure.StatusCode);
    }

    private static string NameOf(Match failed) => JsonNamingPolicy.CamelCase.ConvertName(failed.Groups["name"].Value);

    [GeneratedRegex("""\AFailed to bind parameter "(?<type>.+?) (?<name>\w+)" from """, RegexOptions.ExplicitCapture)]
    private static partial Regex Unparsable();

    [GeneratedRegex("""\A(Implicit body inferred for parameter|Required parameter ".+?" was not provided from body)""", RegexOptions.ExplicitCapture)]
    private static partial Regex MissingBody();

    [GeneratedRegex("""\ARequired parameter ".+? (?<name>\w+)" was not provided from """, RegexOptions.ExplicitCapture)]
    private static partial Regex Missing();
}
