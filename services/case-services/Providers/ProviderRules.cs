using System.Text.RegularExpressions;
using SafeHarbor.CaseServices.Storage;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CaseServices.Providers;

/// <summary>What a provider must say to be asked at all, and which contracts a caller may write.</summary>
internal static partial class ProviderRules
{
    /// <summary>Seconds that an offer waits for an answer, at least.</summary>
    public const int ShortestAnswer = 1;
    /// <summary>Seconds that an offer waits for an answer, at most.</summary>
    public const int LongestAnswer = 24 * 60 * 60;
    /// <summary>Characters of a name.</summary>
    public const int LongestName = 200;
    /// <summary>What a slug looks like, beside its length.</summary>
    public const string SlugForm = "[a-z0-9]+(-[a-z0-9]+)*";
    /// <summary>Characters of a slug.</summary>
    public const int LongestSlug = 63;
    /// <summary>Languages of a provider.</summary>
    public const int MostLanguages = 100;
    /// <summary>Services of a provider.</summary>
    public const int MostServices = 50;
    /// <summary>Contracts of a provider, of all counties and years.</summary>
    public const int MostContracts = 1000;
    /// <summary>Codes in one list.</summary>
    public const int MostCodes = 20;
    /// <summary>Characters of a contract's number.</summary>
    public const int LongestReference = 100;
    /// <summary>What a telephone number looks like.</summary>
    public const string PhoneForm = "[+0-9][0-9() .-]{5,23}[0-9]";

    private static readonly string[] KnownAgeBands = [AgeBands.UpTo12, AgeBands.From13To15, AgeBands.From16To17, AgeBands.From18To20];
    private static readonly string[] KnownGenders = [.. Genders.All.Except([Genders.Unknown])];

    /// <summary>Everything that is wrong with a body.</summary>
    public static ValidationErrors Check(Provider provider, HttpContext http) => Check(provider, http.RequestServices.GetRequiredService<State>());

    /// <summary>Everything that is wrong. Members may be null, whatever their type says: providers come as JSON.</summary>
    public static ValidationErrors Check(Provider provider, State state)
    {
        var errors = new ValidationErrors();
        if (provider.Slug == "hsds" || !Slug().IsMatch(provider.Slug ?? "") || provider.Slug!.Length > LongestSlug)
            errors.Add("/slug", "wrong-form", "Give 1 to 63 small letters and digits, with single hyphens between words, and not 'hsds'.");
        if (string.IsNullOrWhiteSpace(provider.Name) || provider.Name.Length > LongestName)
            errors.Add("/name", "required", "Give the provider's name for people, at most 200 characters.");
        if (provider.Phone is { } phone && !Phone().IsMatch(phone))
            errors.Add("/phone", "wrong-form", "Give a number with area code, such as 213-555-0137, or leave it out.");
        Languages(errors, provider.Languages);
        Services(errors, provider.Services);
        Contracts(errors, provider.Contracts, state);
        return errors;
    }

    /// <summary>With the codes that the system itself writes, whatever the sender's. For one that has been checked.</summary>
    public static Provider WithCanonicalCodes(Provider provider) => provider with
    {
        Languages = [.. provider.Languages.Select(l => LanguageTags.TryCanonicalize(l, out var tag) ? tag : l).Distinct()],
        Contracts = [.. provider.Contracts.Select(c => CountyFips.TryParse(c.CountyFips, out var fips) ? c with { CountyFips = fips.Text } : c)],
    };

    /// <summary>Whether a keeper of the directory may write what is stored: a county that made it, or that has or had a contract with it, and the state.</summary>
    public static bool MayWrite(Organization writer, ProviderRow stored, DateOnly today) => IsState(writer) || stored.MadeBy == writer
        || writer.Kind == Organization.County && stored.Document.Contracts.Any(c => c.CountyFips == writer.Id && c.From <= today);

    /// <summary>Whether it is the state, which keeps the whole directory.</summary>
    public static bool IsState(Organization organization) => organization.Kind == Organization.State;

    /// <summary>A county writes its own contracts, which are all that it sees; the state may write all.</summary>
    public static ValidationErrors CheckContracts(Provider provider, Organization writer)
    {
        var errors = new ValidationErrors();
        for (var i = 0; i < provider.Contracts.Count && !IsState(writer); i++)
        {
            if (provider.Contracts[i].CountyFips != writer.Id)
                errors.Add($"/contracts/{i}", "not-your-county", "A county writes its own contracts only. Leave this one out; other counties' contracts stay as they are.");
        }
        return errors;
    }

    /// <summary>What a county writes, together with the stored contracts of other counties, which it does not see.</summary>
    public static Provider KeepContracts(Provider provider, Provider stored, Organization writer) => IsState(writer)
        ? provider
        : provider with { Contracts = [.. stored.Contracts.Where(c => c.CountyFips != writer.Id), .. provider.Contracts] };

    private static void Services(ValidationErrors errors, IReadOnlyList<ProviderService?>? services)
    {
        if (services is not { Count: > 0 })
            errors.Add("/services", "required", "Name at least one service.");
        for (var i = 0; i < services?.Count; i++)
        {
            var service = services[i];
            if (!NeedTypes.All.Contains(service?.Type))
                errors.AddUnknownCode($"/services/{i}/type", service?.Type, NeedTypes.All);
            else if (services.Take(i).Any(earlier => earlier?.Type == service!.Type))
                errors.Add($"/services/{i}/type", "twice", "This type is already in the list; give each once.");
            Codes(errors, $"/services/{i}/ageBands", service?.AgeBands, KnownAgeBands);
            Codes(errors, $"/services/{i}/genders", service?.Genders, KnownGenders);
        }
    }

    private static void Contracts(ValidationErrors errors, IReadOnlyList<Contract?>? contracts, State state)
    {
        if (contracts is null)
            errors.Add("/contracts", "required", "Give the contracts, or an empty list.");
        for (var i = 0; i < contracts?.Count; i++)
        {
            var contract = contracts[i];
            if (!CountyFips.TryParse(contract?.CountyFips, out var county))
                errors.Add($"/contracts/{i}/countyFips", "wrong-form", CountyFips.Form);
            else if (state.County(county) is null)
                errors.Add($"/contracts/{i}/countyFips", "wrong-form", $"Give the five-digit FIPS code of a county of {state.Name}, such as {state.Counties[0].Fips}.");
            if (string.IsNullOrWhiteSpace(contract?.Reference))
                errors.Add($"/contracts/{i}/reference", "required", "Give the county's number of the contract.");
            if (contract is null || contract.From == default)
                errors.Add($"/contracts/{i}/from", "required", "Give the first day of the contract, such as 2026-01-01.");
            if (contract?.Until < contract?.From)
                errors.Add($"/contracts/{i}/until", "out-of-range", "Give a day that is not before 'from', or null.");
            if (contract?.AnswerWithinSeconds is < ShortestAnswer or > LongestAnswer)
                errors.Add($"/contracts/{i}/answerWithinSeconds", "out-of-range", $"Give {ShortestAnswer} to {LongestAnswer} seconds.");
            if (contract?.Preference < 1)
                errors.Add($"/contracts/{i}/preference", "out-of-range", "Give 1 or more; 1 is asked first.");
        }
    }

    private static void Languages(ValidationErrors errors, IReadOnlyList<string?>? languages)
    {
        if (languages is not { Count: > 0 })
            errors.Add("/languages", "required", LanguageTags.Form);
        for (var i = 0; i < languages?.Count; i++)
        {
            if (!LanguageTags.TryCanonicalize(languages[i], out _))
                errors.Add($"/languages/{i}", "unknown-language", LanguageTags.Form);
        }
    }

    private static void Codes(ValidationErrors errors, string pointer, IReadOnlyList<string?>? codes, IReadOnlyList<string> known)
    {
        if (codes is not { Count: > 0 })
            errors.Add(pointer, "required", $"Give at least one of {string.Join(", ", known)}.");
        for (var i = 0; i < codes?.Count; i++)
        {
            if (codes[i] is not { } code || !known.Contains(code))
                errors.AddUnknownCode($"{pointer}/{i}", codes[i], known);
        }
    }

    [GeneratedRegex($@"\A{SlugForm}\z")]
    private static partial Regex Slug();

    [GeneratedRegex($@"\A{PhoneForm}\z")]
    private static partial Regex Phone();

}
