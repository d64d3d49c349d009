using System.ComponentModel.DataAnnotations;

namespace SafeHarbor.Intake.Encounters;

/// <summary>
/// What the written report (SS 8572) asks for of a child beside what routing needs, and what the officer has done for it. Its members follow the form's sections as public guides describe them: the form's own text was
/// not read. What is not known is left out, or named in <c>unknown</c>.
/// </summary>
public sealed record ChildParticulars
{
    /// <summary>Where it lives.</summary>
    [MaxLength(Permitted.Address)]
    public string? Address { get; init; }
    /// <summary>Its telephone number.</summary>
    [MaxLength(Permitted.Text)]
    public string? Phone { get; init; }
    /// <summary>Its school.</summary>
    [MaxLength(Permitted.Text)]
    public string? School { get; init; }
    /// <summary>Its class or grade there.</summary>
    [MaxLength(Permitted.Text)]
    public string? Grade { get; init; }
    /// <summary>Race and ethnicity, in words. For the written report alone.</summary>
    [MaxLength(Permitted.Text)]
    public string? Ethnicity { get; init; }
    /// <summary>The language that is mostly spoken at home, as an ISO 639 code or a BCP 47 tag.</summary>
    [MaxLength(LanguageTags.Longest)]
    public string? HomeLanguage { get; init; }
    /// <summary>Its disabilities.</summary>
    [MaxLength(Permitted.Codes), CodeOf(typeof(Disabilities))]
    public IReadOnlyList<string?>? Disabilities { get; init; }
    /// <summary>It is in foster care; so it is taken here until it is 20.</summary>
    public bool? InFosterCare { get; init; }
    /// <summary>Where it was cared for outside its home when it happened.</summary>
    [CodeOf(typeof(CareTypes))]
    public string? OutOfHomeCare { get; init; }
    /// <summary>What was done to it.</summary>
    [MaxLength(Permitted.Codes), CodeOf(typeof(AbuseTypes))]
    public IReadOnlyList<string?>? Abuse { get; init; }
    /// <summary>What it is to the suspect, in words.</summary>
    [MaxLength(Permitted.Text)]
    public string? RelationshipToSuspect { get; init; }
    /// <summary>Photographs were taken of its injuries.</summary>
    public bool? PhotosTaken { get; init; }
    /// <summary>It has died of it.</summary>
    public bool? Died { get; init; }
    /// <summary>Its brothers and sisters.</summary>
    [MaxLength(Permitted.Guardians)]
    public IReadOnlyList<Sibling?>? Siblings { get; init; }
    /// <summary>Its commercial sexual exploitation, as the county's case system counts it.</summary>
    [MaxLength(Permitted.Codes)]
    public IReadOnlyList<Exploitation?>? Exploitation { get; init; }
    /// <summary>When it was assaulted last, which is from when the time for an acute forensic examination counts. It is taken as it is sent.</summary>
    public DateTimeOffset? LastAssaultAt { get; init; }
    /// <summary>What was asked about being an Indian child at the first contact (WIC 224.2).</summary>
    public TribalInquiry? TribalInquiry { get; init; }
    /// <summary>Its right to an advocate and a support person, and what came of it (PC 236.21, WIC 23020 to 23026).</summary>
    public Advocacy? Advocacy { get; init; }
    /// <summary>What was asked for and is not known: it is shown as unknown, and not as left out.</summary>
    [MaxLength(Permitted.Codes), CodeOf(typeof(UnknownFacts))]
    public IReadOnlyList<string?>? Unknown { get; init; }

    /// <summary>With the codes that the system itself writes. For one that has been checked.</summary>
    public ChildParticulars WithCanonicalCodes() => this with { HomeLanguage = LanguageTags.TryCanonicalize(HomeLanguage, out var tag) ? tag : HomeLanguage };
}

/// <summary>How a child is, or was, exploited.</summary>
/// <param name="Type">Which kind.</param>
/// <param name="From">Since when.</param>
/// <param name="To">Until when.</param>
public sealed record Exploitation([Required, CodeOf(typeof(ExploitationTypes))] string? Type, DateOnly? From, DateOnly? To);

/// <summary>What was asked about being an Indian child.</summary>
/// <param name="AskedAt">When.</param>
/// <param name="Asked">Who was asked.</param>
/// <param name="Answer">What they said.</param>
public sealed record TribalInquiry(DateTimeOffset? AskedAt, [MaxLength(Permitted.Codes), CodeOf(typeof(InquiredOf))] IReadOnlyList<string?>? Asked, [CodeOf(typeof(InquiryAnswers))] string? Answer);

/// <summary>What a survivor was told of its right to an advocate and a support person, and what came of it.</summary>
/// <param name="ToldAt">When it was told.</param>
/// <param name="ToldHow">How it was told.</param>
/// <param name="BeforeFirstInterview">It was told before it was first interviewed.</param>
/// <param name="OfAdvocate">It was told of the right to an advocate.</param>
/// <param name="OfSupportPerson">It was told of the right to a support person.</param>
/// <param name="Wanted">It wants an advocate.</param>
/// <param name="OrganizationContacted">The name of the organization that was contacted for one.</param>
/// <param name="ContactedAt">When that was contacted.</param>
/// <param name="Waiver">What it signed when it wants none.</param>
public sealed record Advocacy(DateTimeOffset? ToldAt, [CodeOf(typeof(NoticeWays))] string? ToldHow, bool? BeforeFirstInterview, bool? OfAdvocate, bool? OfSupportPerson, bool? Wanted,
    [MaxLength(Permitted.Text)] string? OrganizationContacted, DateTimeOffset? ContactedAt, AdvocacyWaiver? Waiver);

/// <summary>A waiver of an advocate, which can be taken back at any time.</summary>
/// <param name="SignedAt">When it was signed.</param>
/// <param name="FormVersion">The version of the form that was signed.</param>
/// <param name="RevokedAt">When it was taken back.</param>
public sealed record AdvocacyWaiver(DateTimeOffset? SignedAt, [MaxLength(Permitted.Text)] string? FormVersion, DateTimeOffset? RevokedAt);
