namespace SafeHarbor.Contracts.Codes;

/// <summary>With whom a child is. Kinds alone: which shelter or hospital it is, and where, is nowhere here.</summary>
public static class Holders
{
    /// <summary>An officer has the child.</summary>
    public const string Officer = "OFFICER";
    /// <summary>A county's worker has the child.</summary>
    public const string CountyWorker = "COUNTY_WORKER";
    /// <summary>A shelter has taken the child in.</summary>
    public const string Shelter = "SHELTER";
    /// <summary>A hospital has taken the child in.</summary>
    public const string Hospital = "HOSPITAL";
    /// <summary>A parent or guardian has the child.</summary>
    public const string Guardian = "GUARDIAN";
    /// <summary>The child has gone, and nobody has it.</summary>
    public const string Left = "LEFT";
    /// <summary>Nobody who says so knows.</summary>
    public const string Unknown = "UNKNOWN";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(Holders));

    /// <summary>To whom a child can be handed over.</summary>
    public static readonly IReadOnlyList<string> Takers = [.. All.Where(code => code != Left)];
}
