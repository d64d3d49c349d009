namespace SafeHarbor.Intake.Encounters;

/// <content>What the written report asks for of a child.</content>
public sealed partial class EncounterValidation
{
    private void CheckParticulars(string at, ChildParticulars said)
    {
        Said($"{at}/address", said.Address, Permitted.Address);
        Text($"{at}/phone", said.Phone);
        Said($"{at}/school", said.School);
        Said($"{at}/grade", said.Grade);
        Text($"{at}/ethnicity", said.Ethnicity);
        if (said.HomeLanguage is not null && !LanguageTags.TryCanonicalize(said.HomeLanguage, out _))
            _errors.Add($"{at}/homeLanguage", "unknown-language", LanguageTags.Form);
        Codes($"{at}/disabilities", said.Disabilities, Disabilities.All);
        Code($"{at}/outOfHomeCare", said.OutOfHomeCare, CareTypes.All);
        Codes($"{at}/abuse", said.Abuse, AbuseTypes.All);
        Said($"{at}/relationshipToSuspect", said.RelationshipToSuspect);
        Each($"{at}/siblings", said.Siblings, Permitted.Guardians, (sibling, one) => CheckPerson(sibling, one.Name, one.ApproximateAge, one.Gender, one.Ethnicity));
        Each($"{at}/exploitation", said.Exploitation, Permitted.Codes, (exploitation, one) =>
        {
            if (one.Type is null)
                _errors.Add($"{exploitation}/type", "required", $"Say which kind: {string.Join(", ", ExploitationTypes.All)}. Leave the entry out when it is not known.");
            Code($"{exploitation}/type", one.Type, ExploitationTypes.All);
        });
        Codes($"{at}/tribalInquiry/asked", said.TribalInquiry?.Asked, InquiredOf.All);
        Code($"{at}/tribalInquiry/answer", said.TribalInquiry?.Answer, InquiryAnswers.All);
        Code($"{at}/advocacy/toldHow", said.Advocacy?.ToldHow, NoticeWays.All);
        Text($"{at}/advocacy/organizationContacted", said.Advocacy?.OrganizationContacted);
        Text($"{at}/advocacy/waiver/formVersion", said.Advocacy?.Waiver?.FormVersion);
        Codes($"{at}/unknown", said.Unknown, UnknownFacts.All);
    }

    /// <summary>A text that speaks of the child: it charges it with nothing.</summary>
    private void Said(string at, string? text, int longest = Permitted.Text)
    {
        Text(at, text, longest);
        if (text?.Length <= longest && state.NeverOfAChild.In(text) is { } statute)
            _errors.Add(at, "charges-a-child", $"Names {statute.Name}, with which no child is charged ({string.Join(", ", state.Law.Cite(statute.Law).Select(rule => rule.Citation))}). Say what was seen instead. Where it is of somebody else, "
                + $"say so in the same sentence, as: the buyer was arrested for {statute.Name}.");
    }
}
