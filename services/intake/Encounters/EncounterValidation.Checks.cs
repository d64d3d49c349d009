using System.Text.RegularExpressions;
using SafeHarbor.ServiceDefaults.Json;

namespace SafeHarbor.Intake.Encounters;

/// <content>The single checks: each adds at most one error at its place.</content>
public sealed partial class EncounterValidation
{
    private readonly ValidationErrors _errors = new();

    private void Instant(string at, DateTimeOffset? instant) => _errors.AddImplausible(at, instant, now);

    private void Text(string at, string? text, int longest = Permitted.Text)
    {
        if (text?.Length > longest)
            _errors.Add(at, "too-long", $"At most {longest} characters are taken here.");
    }

    private void Required(string at, string? text, Regex form, string detail)
    {
        if (text is null)
            _errors.Add(at, "required", detail);
        else
            Form(at, text, form, detail);
    }

    private void Form(string at, string? text, Regex form, string detail)
    {
        if (text is not null && !form.IsMatch(text))
            _errors.Add(at, "wrong-form", detail);
    }

    private void Code(string at, string? code, IReadOnlyList<string> known)
    {
        if (code is not null && !known.Contains(code))
            _errors.AddUnknownCode(at, code, known);
    }

    private void Codes(string at, IReadOnlyList<string?>? codes, IReadOnlyList<string> known) =>
        Each(at, codes, Permitted.Codes, (one, code) => Code(one, code, known));

    private void Each<T>(string at, IReadOnlyList<T?>? items, int most, Action<string, T> check) where T : class
    {
        if (items?.Count > most)
            _errors.Add(at, "too-many", $"At most {most} entries are taken here.");
        foreach (var (index, item) in (items ?? []).Take(most).Index())
        {
            if (item is null)
                _errors.Add(at + JsonPointer.Of(index), "required", "An entry is null here. Leave it out, or give what is known of it.");
            else
                check(at + JsonPointer.Of(index), item);
        }
    }

    [GeneratedRegex($@"\A{Permitted.IncidentNumber}\z")]
    private static partial Regex IncidentNumber();

    [GeneratedRegex($@"\A{Permitted.SystemName}\z")]
    private static partial Regex SystemName();

}
