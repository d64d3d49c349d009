using System.Text.Json.Serialization;

namespace SafeHarbor.Contracts.CaseServices;

/// <summary>
/// What the directory says of a provider, as a whole, each time it changes: what it does, for which counties, and where it has no place left. Whoever tells others what
/// can be had for a child keeps it; whom to ask for one is decided by case-services alone.
/// </summary>
[Message("provider.listed.v1", From = [SafeHarbor.Contracts.Services.CaseServices], To = [Queues.Coverage])]
public sealed record ProviderListed : IDirectoryMessage
{
    /// <summary>The provider, by its slug.</summary>
    public required string Provider { get; init; }
    /// <summary>Counts the changes of this provider: the highest holds.</summary>
    public required int Revision { get; init; }
    /// <summary>When it changed.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>What it does; each type once.</summary>
    public required IReadOnlyList<ListedService> Services { get; init; }
    /// <summary>For which counties, and when.</summary>
    public required IReadOnlyList<ListedContract> Contracts { get; init; }

    string IDirectoryMessage.Entry => Provider;
}

/// <summary>Something that a provider does.</summary>
/// <param name="Type">One of <see cref="Codes.NeedTypes"/>.</param>
/// <param name="AroundTheClock">Day and night, every day: emergency needs go to nobody else.</param>
/// <param name="Full">It has said that no place is free.</param>
public sealed record ListedService([property: JsonRequired, CodeOf(typeof(Codes.NeedTypes))] string Type, bool AroundTheClock, bool Full);

/// <summary>A county's contract with a provider.</summary>
/// <param name="CountyFips">The county.</param>
/// <param name="From">First day on which it is live, in the state's time zone.</param>
/// <param name="Until">Last day on which it is live; null when it has no end.</param>
public sealed record ListedContract([property: JsonRequired] Codes.CountyFips CountyFips, [property: JsonRequired] DateOnly From, DateOnly? Until);
