namespace SafeHarbor.Contracts.Codes;

/// <summary>How sure a county is.</summary>
public static class Confidences
{
    /// <summary>Far from every line.</summary>
    public const string Clear = "CLEAR";
    /// <summary>So near a line that the neighbor is told too; of another state or a country, that a person decides whether somebody there is called.</summary>
    public const string NearLine = "NEAR_LINE";
    /// <summary>So near a line that whoever accepts confirms by it that the child is there; the neighbor as above.</summary>
    public const string OnLine = "ON_LINE";
    /// <summary>A guess that a person must confirm.</summary>
    public const string Low = "LOW";
}
