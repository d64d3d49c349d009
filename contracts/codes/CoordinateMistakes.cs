namespace SafeHarbor.Contracts.Codes;

/// <summary>What coordinates outside the state look like. Nothing is corrected by it: a person is told.</summary>
public static class CoordinateMistakes
{
    /// <summary>Latitude or longitude is zero, as it is where a field was empty.</summary>
    public const string Zero = "ZERO";
    /// <summary>With another sign they would be in the state.</summary>
    public const string SignLost = "SIGN_LOST";
    /// <summary>Exchanged they would be in the state.</summary>
    public const string Swapped = "SWAPPED";
    /// <summary>Exchanged and with another sign they would be in the state.</summary>
    public const string SwappedAndSignLost = "SWAPPED_AND_SIGN_LOST";
}
