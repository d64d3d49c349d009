namespace SafeHarbor.Contracts.Codes;

/// <summary>The only thing about a child's age that leaves intake: a band wide enough not to identify.</summary>
public static class AgeBands
{
    /// <summary>Twelve or younger.</summary>
    public const string UpTo12 = "UP_TO_12";
    /// <summary>13 to 15.</summary>
    public const string From13To15 = "13_TO_15";
    /// <summary>16 or 17.</summary>
    public const string From16To17 = "16_TO_17";
    /// <summary>18 to 20: a nonminor dependent, in foster care or under the juvenile court.</summary>
    public const string From18To20 = "18_TO_20";
    /// <summary>Not known to the officer.</summary>
    public const string Unknown = "UNKNOWN";

    /// <summary>The band of an age in whole years; null is <see cref="Unknown"/>.</summary>
    public static string Of(int? years) => years switch { null => Unknown, <= 12 => UpTo12, <= 15 => From13To15, <= 17 => From16To17, _ => From18To20 };
}
