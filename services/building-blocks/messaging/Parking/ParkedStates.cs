namespace SafeHarbor.Messaging.Parking;

/// <summary>What has become of a parked message.</summary>
public static class ParkedStates
{
    /// <summary>It waits for an operator.</summary>
    public const string Parked = "PARKED";
    /// <summary>It was sent again.</summary>
    public const string Redriven = "REDRIVEN";
    /// <summary>It was given up for good.</summary>
    public const string Discarded = "DISCARDED";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = [Parked, Redriven, Discarded];
}
