namespace SafeHarbor.Contracts.Codes;

/// <summary>What begins beyond a line that is no county's of the state. The coast is none: nobody's ground begins there.</summary>
public static class OuterLineKinds
{
    /// <summary>Another state.</summary>
    public const string State = "STATE";
    /// <summary>Another country.</summary>
    public const string Nation = "NATION";
}
