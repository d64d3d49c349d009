namespace SafeHarbor.Contracts.Codes;

/// <summary>Why a person at the desk must decide which county responds, or look at that.</summary>
public static class UndeterminedReasons
{
    /// <summary>The report has neither a county nor coordinates.</summary>
    public const string NoLocation = "NO_LOCATION";
    /// <summary>The coordinates are in another state, abroad or far at sea.</summary>
    public const string OutsideState = "OUTSIDE_STATE";
    /// <summary>The location is too vague, or the county that the report names contradicts it.</summary>
    public const string Unconfirmed = "UNCONFIRMED";
    /// <summary>The counties do not agree: the report was referred on to one that had it, or too often.</summary>
    public const string Disputed = "DISPUTED";
    /// <summary>The county that is to respond has not answered, and the ladder has come to the state.</summary>
    public const string CountySilent = "COUNTY_SILENT";
    /// <summary>A county responds already, and the place is so near another state or a country that a person decides whether somebody there is called.</summary>
    public const string NearStateLine = "NEAR_STATE_LINE";
}
