using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.ServiceDefaults.Json;

/// <summary>
/// The problem behind a body that is no JSON, or not the JSON that is wanted. Places are told as far as they are ours, values and names that the sender
/// made up never.
/// </summary>
internal static partial class JsonProblem
{
    public static ProblemHttpResult Explain(JsonException failure, Type? body, JsonSerializerOptions json)
    {
        var errors = new ValidationErrors();
        var tokens = Expected.Known(body, JsonPointer.TokensOf(failure.Path), json);
        var pointer = JsonPointer.Of(tokens);
        if (failure is JsonRuleException rule)
            errors.Add(pointer + rule.Below, rule.Code, rule.Rule);
        else if (failure.InnerException is JsonException || failure.GetType() != typeof(JsonException))
            errors.Add(pointer, "malformed-json", Malformed(failure));
        else if (MissingMembers().Match(failure.Message) is { Success: true } missing)
            AddMissing(errors, pointer, missing.Groups["names"].Value);
        else if (failure.Message.StartsWith("Duplicate property", StringComparison.Ordinal))
            errors.Add(pointer, "duplicate-member", "A member is given twice here. Give it once.");
        else
            errors.Add(pointer, "wrong-type", $"Cannot be read. {Expected.Form(Expected.At(body, tokens, json))}");
        return errors.ToProblem();
    }

    private static string Malformed(JsonException failure) => string.Create(
        CultureInfo.InvariantCulture,
        $"Not well-formed JSON (or nested deeper than {StrictJson.MaxDepth} levels) at line {(failure.LineNumber ?? 0) + 1}, byte {(failure.BytePositionInLine ?? 0) + 1}. Send one complete JSON value in UTF-8.");

    private static void AddMissing(ValidationErrors errors, string pointer, string names)
    {
        foreach (var name in names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            errors.Add(pointer + JsonPointer.Of(name.Trim('\'')), "required", "Must be given.");
    }

    [GeneratedRegex(@"missing required properties including: (?<names>('[^']*'(, )?)+)", RegexOptions.ExplicitCapture)]
    private static partial Regex MissingMembers();
}
