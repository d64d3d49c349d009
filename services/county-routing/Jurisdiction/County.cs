namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>A county of the map.</summary>
/// <param name="Fips">Five digits: the state's two, then the county's three.</param>
/// <param name="Name">The name without "County".</param>
public sealed record County(string Fips, string Name)
{
    /// <summary>The organization that handoffs to this county are addressed to.</summary>
    public string Organization => $"{Contracts.Organization.County}:{Fips}";
}
