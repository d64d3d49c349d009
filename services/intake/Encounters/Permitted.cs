namespace SafeHarbor.Intake.Encounters;

/// <summary>What may stand in a report: validation and the OpenAPI document read the same.</summary>
internal static class Permitted
{
    /// <summary>Characters of a text that has no other limit.</summary>
    public const int Text = 200;
    /// <summary>Characters of an address.</summary>
    public const int Address = 500;
    /// <summary>Characters of a description or a note.</summary>
    public const int Notes = 2000;
    /// <summary>Characters of the narrative.</summary>
    public const int Narrative = 20_000;
    /// <summary>Children of an encounter.</summary>
    public const int Children = 20;
    /// <summary>Guardians of an encounter.</summary>
    public const int Guardians = 20;
    /// <summary>Suspects of an encounter.</summary>
    public const int Suspects = 50;
    /// <summary>Languages of a child.</summary>
    public const int Languages = 20;
    /// <summary>Codes in one list.</summary>
    public const int Codes = 50;
    /// <summary>The oldest that a child is, in whole years.</summary>
    public const int OldestChild = 17;
    /// <summary>The oldest that somebody in foster care or under the juvenile court is, in whole years.</summary>
    public const int OldestInCare = 20;
    /// <summary>The oldest that anybody is, in whole years.</summary>
    public const int OldestPerson = 120;
    /// <summary>Officers who report together.</summary>
    public const int JointReporters = 20;
    /// <summary>An agency's own number of an incident: at least two digits, at most eight letters beyond F (those before are digits of a hexadecimal number) and no blank, so that it is a number and no text. It is not sealed.</summary>
    public const string IncidentNumber = "(?=(?:[^0-9]{0,39}[0-9]){2})(?!(?:[^G-Zg-z]{0,39}[G-Zg-z]){9})[A-Za-z0-9][A-Za-z0-9./_-]{0,39}";
    /// <summary>The name of a sending system.</summary>
    public const string SystemName = "[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}";
}
