namespace SafeHarbor.Contracts.Codes;

/// <summary>Why a recipient gets a handoff.</summary>
public static class Roles
{
    /// <summary>The county that must respond: where the child is (host county).</summary>
    public const string Responder = "RESPONDER";
    /// <summary>The county where the child lives.</summary>
    public const string Residence = "RESIDENCE";
    /// <summary>The county whose juvenile court has the child's dependency case.</summary>
    public const string Dependency = "DEPENDENCY";
    /// <summary>A county on the other side of a line so near that the child may be there.</summary>
    public const string Courtesy = "COURTESY";

    /// <summary>
    /// Whether a recipient in this role must act on the child: it reads the report at once and is waited for until it has accepted. The others must know, and
    /// are waited for until they have acknowledged. The division is ours.
    /// </summary>
    public static bool MustAct(string role) => role is Responder or Dependency;
}
