namespace SafeHarbor.Intake.Shortfalls;

/// <summary>Of those who must know besides counties, and are not reached here: the duty is the reporting agency's, and so is the step.</summary>
internal sealed partial class ShortfallTexts
{
    /// <summary>Whether somebody in this role must know because of the child, and not of the place or the agency.</summary>
    public static bool IsOfChild(Role role) => role is not (Role.DistrictAttorney or Role.LawEnforcement);

    /// <summary>The member of the report because of which somebody in this role must know.</summary>
    public static string PointerOf(Role role, int child) => role switch
    {
        Role.DistrictAttorney => "/location",
        Role.LawEnforcement => "/source/agencyOri",
        Role.Licensing => $"/children/{child - 1}/livesInLicensedHome",
        Role.Tribe => $"/children/{child - 1}/tribeOrganization",
        Role.ChildAttorney => $"/children/{child - 1}/dependencyCountyFips",
        _ => $"/children/{child - 1}/missing",
    };

    public string RecipientNotReached(Role role, Organization responder)
    {
        var place = NameOf(responder, state);
        var who = role switch
        {
            Role.DistrictAttorney => $"The district attorney of {place}",
            Role.LawEnforcement => $"The law-enforcement agency with jurisdiction in {place}",
            Role.Licensing => "The licensing office of the home where the child lives",
            Role.Tribe => "The child's tribe",
            Role.ChildAttorney => "The child's attorney in dependency court",
            _ => "The agency that has the case of the missing child",
        };
        return Sentences($"{who} must know ({Citations(RuleUses.OfRole(role))}) and is not reached by this system: report to it yourself, by telephone, fax or electronically.",
            role == Role.Tribe ? "When you do not know which tribe it is, say to the county that there is reason to know, when you call its hotline." : null);
    }

    public const string AddedForOthers =
        "What was added may be why others must know: the county where the child lives or that of its dependency case, the licensing office, its tribe, who has the case of a missing child. Whoever has the report already was "
        + "told; nobody else is told because of it. Report to them yourself, by telephone, fax or electronically, and say so to the county when you call its hotline.";

    public string MissingChildOwed() =>
        $"The child was reported missing. What is entered or cleared in the records of missing persons (NCIC), and told to the National Center for Missing & Exploited Children (NCMEC), goes through no part of this system ({Citations(RuleUses.MissingChildDuty)}): see to it yourself.";
}
