using System.ComponentModel.DataAnnotations;
using SafeHarbor.ServiceDefaults.Json;

namespace SafeHarbor.CaseServices.Providers;

/// <summary>A community provider as the directory keeps it and as it travels over HTTP.</summary>
public record Provider
{
    /// <summary>Its name in addresses and tokens: <c>provider:SLUG</c>.</summary>
    [Required, MaxLength(ProviderRules.LongestSlug), RegularExpression(ProviderRules.SlugForm)]
    public string Slug { get; init; } = "";
    /// <summary>Its name for people.</summary>
    [Required, MaxLength(ProviderRules.LongestName)]
    public string Name { get; init; } = "";
    /// <summary>Where people reach it; null when it wants no calls.</summary>
    [RegularExpression(ProviderRules.PhoneForm)]
    public string? Phone { get; init; }
    /// <summary>BCP 47 tags of the languages that its staff speak.</summary>
    [Required, MinLength(1), MaxLength(ProviderRules.MostLanguages), ItemLength(LanguageTags.Longest)]
    public IReadOnlyList<string> Languages { get; init; } = [];
    /// <summary>It brings an interpreter for any other language.</summary>
    public bool BringsInterpreter { get; init; }
    /// <summary>What it does, and for whom; each type once.</summary>
    [Required, MinLength(1), MaxLength(ProviderRules.MostServices)]
    public IReadOnlyList<ProviderService> Services { get; init; } = [];
    /// <summary>It serves the counties that it has a live contract with, and no others.</summary>
    [Required, MaxLength(ProviderRules.MostContracts)]
    public IReadOnlyList<Contract> Contracts { get; init; } = [];
}

/// <summary>Something that a provider does.</summary>
public sealed record ProviderService
{
    /// <summary>What it does.</summary>
    [Required, CodeOf(typeof(NeedTypes))]
    public string Type { get; init; } = "";
    /// <summary>The age bands that it takes; a child of unknown age is offered to all.</summary>
    [Required, MinLength(1), MaxLength(ProviderRules.MostCodes), CodeOf(typeof(AgeBands), Except = [Contracts.Codes.AgeBands.Unknown])]
    public IReadOnlyList<string> AgeBands { get; init; } = [];
    /// <summary>The genders that it takes; a child of unknown gender is offered to all.</summary>
    [Required, MinLength(1), MaxLength(ProviderRules.MostCodes), CodeOf(typeof(Genders), Except = [Contracts.Codes.Genders.Unknown])]
    public IReadOnlyList<string> Genders { get; init; } = [];
    /// <summary>Day and night, every day: emergency needs go to nobody else.</summary>
    public bool AroundTheClock { get; init; }
}

/// <summary>A county's contract with a provider.</summary>
public sealed record Contract
{
    /// <summary>The county, five-digit FIPS.</summary>
    [Required, MaxLength(Contracts.Codes.CountyFips.Longest)]
    public string CountyFips { get; init; } = "";
    /// <summary>The county's own number of the contract.</summary>
    [Required, MinLength(1), MaxLength(ProviderRules.LongestReference)]
    public string Reference { get; init; } = "";
    /// <summary>First day on which it is live, in the state's time zone.</summary>
    [Required]
    public DateOnly From { get; init; }
    /// <summary>Last day on which it is live; null when it has no end.</summary>
    public DateOnly? Until { get; init; }
    /// <summary>Whom the county asks first: 1 before 2.</summary>
    [Range(1, int.MaxValue)]
    public int Preference { get; init; } = 100;
    /// <summary>How long an offer waits for an answer before the next provider is asked, in seconds.</summary>
    [Range(ProviderRules.ShortestAnswer, ProviderRules.LongestAnswer)]
    public int AnswerWithinSeconds { get; init; } = 600;

    /// <summary>Whether it is live on a day.</summary>
    public bool CoversDay(DateOnly day) => From <= day && (Until is null || day <= Until);
}

/// <summary>A provider with what it last said about its free places.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Available">Free places by service type; a type that is missing is not limited.</param>
/// <param name="ChangedAt">When either was said last.</param>
public sealed record ListedProvider(Provider Provider, IReadOnlyDictionary<string, int> Available, DateTimeOffset ChangedAt);
