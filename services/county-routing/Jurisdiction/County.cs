namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>One of the 58 counties.</summary>
/// <param name="Fips">Five digits, 06001 to 06115.</param>
/// <param name="Name">The name without "County".</param>
public sealed record County(string Fips, string Name)
{
    /// <summary>The organization that handoffs to this county are addressed to.</summary>
    public string Organization => $"county:{Fips}";
}
