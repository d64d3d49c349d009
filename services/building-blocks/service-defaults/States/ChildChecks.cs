using SafeHarbor.Contracts;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.ServiceDefaults.States;

/// <summary>What may stand in a child's facts by which it follows who must know, at whichever door they come in: a report's, or that of a question about one.</summary>
public static class ChildChecks
{
    /// <summary>A tribe as an organization.</summary>
    public const string Tribe = "tribe:[a-z0-9]+(-[a-z0-9]+)*";

    /// <summary>Adds what is wrong with a child's facts.</summary>
    /// <param name="errors">Where it is added.</param>
    /// <param name="at">JSON Pointer to the child.</param>
    /// <param name="state">Whose counties there are.</param>
    /// <param name="child">The child's facts.</param>
    public static void CheckChild(this ValidationErrors errors, string at, State state, ChildStated child)
    {
        errors.CheckCounty($"{at}/residenceCountyFips", state, child.ResidenceCountyFips);
        errors.CheckCounty($"{at}/dependencyCountyFips", state, child.DependencyCountyFips);
        if (child.TribeOrganization is { } tribe && TribeOf(tribe) is null)
            errors.Add($"{at}/tribeOrganization", "wrong-form", "Give tribe: and the tribe's code, such as tribe:yurok. Leave it out when you do not have it; in a report, say which tribe as tribe.");
    }

    /// <summary>A tribe as a sender writes it; null when that is none.</summary>
    public static Organization? TribeOf(string? text) => Organization.TryParse(text, out var organization) && organization.Kind == Organization.Tribe ? organization : null;
}

/// <summary>A child's facts as they are stated.</summary>
/// <param name="ResidenceCountyFips">The code of the county where it lives, as the sender writes it.</param>
/// <param name="DependencyCountyFips">The code of the county with its dependency case.</param>
/// <param name="TribeOrganization">Its tribe as an organization.</param>
public readonly record struct ChildStated(string? ResidenceCountyFips, string? DependencyCountyFips, string? TribeOrganization);
