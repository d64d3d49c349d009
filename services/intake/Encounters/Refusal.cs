namespace SafeHarbor.Intake.Encounters;

/// <summary>Why a submission is not taken.</summary>
public static class Refusal
{
    /// <summary>403 when it is in another agency's name, null when it is taken.</summary>
    public static ProblemHttpResult? Of(EncounterReport report, Caller caller) => caller.Organization.Is(Organization.LawEnforcement, report.Source!.AgencyOri!)
        ? null
        : Problem.Forbidden("other-agency",
            "source.agencyOri is not the agency of your token. Report in your own agency's name, or get a token of the agency that reports.");
}
