using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeHarbor.Contracts.Codes;

/// <summary>Why a recipient gets a handoff.</summary>
/// <remarks>Its text, on the wire and in the database, is the name in capitals, such as <c>DISTRICT_ATTORNEY</c>.</remarks>
[JsonConverter(typeof(RoleJson))]
public enum Role
{
    /// <summary>The county that must respond: where the child is (host county).</summary>
    Responder,
    /// <summary>The county where the child lives.</summary>
    Residence,
    /// <summary>The county whose juvenile court has the child's dependency case.</summary>
    Dependency,
    /// <summary>A county on the other side of a line so near that the child may be there.</summary>
    Courtesy,
    /// <summary>The district attorney of the responder's county.</summary>
    DistrictAttorney,
    /// <summary>The law-enforcement agency with jurisdiction where the child is, when another reported.</summary>
    LawEnforcement,
    /// <summary>The office that licenses the home in which the child lives.</summary>
    Licensing,
    /// <summary>The child's tribe.</summary>
    Tribe,
    /// <summary>The child's attorney in dependency court.</summary>
    ChildAttorney,
    /// <summary>The law-enforcement agency that has the case of the child as a missing one.</summary>
    MissingChild,
}

/// <summary>What there is to know of a <see cref="Role"/>.</summary>
public static class Roles
{
    private static readonly string[] Texts = Array.ConvertAll(Enum.GetNames<Role>(), JsonNamingPolicy.SnakeCaseUpper.ConvertName);

    /// <summary>The text of every role.</summary>
    public static IReadOnlyList<string> All => Texts;

    /// <summary>
    /// Whether a recipient in this role must act on the child: it reads the report at once and is waited for until it has accepted. The others must know, and
    /// are waited for until they have acknowledged. The division is ours.
    /// </summary>
    public static bool MustAct(this Role role) => role is Role.Responder or Role.Dependency;

    /// <summary>Whether counties have this role. In the others are organizations that a county's pack lists.</summary>
    public static bool IsCountyRole(this Role role) => role <= Role.Courtesy;

    /// <summary>Its text, such as <c>RESPONDER</c>.</summary>
    public static string Text(this Role role) => Texts[(int)role];

    /// <summary>The role of a text; throws <see cref="FormatException"/> when it is that of none.</summary>
    public static Role Parse(string text) => Array.IndexOf(Texts, text) is >= 0 and var role ? (Role)role : throw new FormatException($"A role is one of {string.Join(", ", Texts)}.");
}

internal sealed class RoleJson() : JsonStringEnumConverter<Role>(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false);
