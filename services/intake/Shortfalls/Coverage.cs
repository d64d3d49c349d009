using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using SafeHarbor.Contracts.CaseServices;
using SafeHarbor.Messaging.Replicas;
using SafeHarbor.Messaging.Wire;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Shortfalls;

/// <summary>What is known here of a provider.</summary>
public sealed class CoveringProvider
{
    /// <summary>Its slug.</summary>
    public string Provider { get; set; } = "";
    /// <summary>Of what was told last.</summary>
    public int Revision { get; set; }
    /// <summary>What was told.</summary>
    public ProviderListed Listed { get; set; } = null!;

    public static CoveringProvider Of(ProviderListed listed) => new() { Provider = listed.Provider, Revision = listed.Revision, Listed = listed };
}

/// <summary>
/// What can be had for a child in a county, in memory, so that a report is told of a need that nobody can be asked for before anybody has tried. The directory is
/// case-services'; here is what it has told. Age, gender and language are left to it: whoever is named here may still decline, but where nobody is, nobody can be asked.
/// </summary>
public sealed class Coverage(State state) : Replica<CoveringProvider>("coverage", "provider, revision, listed")
{
    // A report is taken and answered whether or not the table has been read yet.
    private volatile IReadOnlyList<ProviderListed> _listed = [];

    /// <summary>Whether nobody does this for the county on a day: it is known of somebody, and nobody who does it has a contract and has not said that there is no place.</summary>
    public bool HasNobodyFor(string type, CountyFips county, DateOnly day) => _listed is { Count: > 0 } listed && !listed.Any(provider =>
        provider.Services.Any(service => service.Type == type && !service.Full && (service.AroundTheClock || !NeedTypes.Emergency.Contains(type)))
        && provider.Contracts.Any(contract => contract.CountyFips == county && contract.From <= day && (contract.Until is null || day <= contract.Until)));

    /// <summary>Whether this, or what came after it, is known already.</summary>
    public bool Knows(ProviderListed listed) => Rows.GetValueOrDefault(listed.Provider)?.Revision >= listed.Revision;

    public override IEnumerable<object> Samples => JsonNode.Parse(File.ReadAllText(state.PathOf("sample-providers.json")))!.AsArray().Select(SampleOf);

    protected override CoveringProvider? Read(DbDataReader row) => Json<ProviderListed>(row, 2) is { } listed ? CoveringProvider.Of(listed) : null;

    protected override void InForce() => _listed = [.. Rows.Values.Select(provider => provider.Listed)];

    protected override bool CanBeUsed(string key, CoveringProvider row) => row.Provider == key;

    private static object SampleOf(JsonNode? provider)
    {
        (provider!["provider"], provider["revision"], provider["at"]) = ((string)provider["slug"]!, 1, DateTimeOffset.UnixEpoch);
        var listed = provider.Deserialize<ProviderListed>(WireFormat.Json)!;
        return new { provider = listed.Provider, revision = listed.Revision, listed };
    }
}
