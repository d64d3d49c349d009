using System.ComponentModel.DataAnnotations;

namespace SafeHarbor.Intake.Encounters;

/// <summary>The reporting officer: the reporter's identity in the sense of PC 11167(d).</summary>
/// <param name="Name">Name.</param>
/// <param name="Badge">Number of the badge.</param>
/// <param name="Phone">Where the desk and the county reach the officer.</param>
/// <param name="Title">Rank or title.</param>
/// <param name="Capacity">What makes the person a mandated reporter, as <c>peace officer</c>.</param>
/// <param name="Agency">The agency's name.</param>
/// <param name="AgencyAddress">Its address.</param>
/// <param name="Witnessed">The officer has seen it happen.</param>
public sealed record Officer([MaxLength(Permitted.Text)] string? Name, [MaxLength(Permitted.Text)] string? Badge, [MaxLength(Permitted.Text)] string? Phone,
    [MaxLength(Permitted.Text)] string? Title = null, [MaxLength(Permitted.Text)] string? Capacity = null, [MaxLength(Permitted.Text)] string? Agency = null,
    [MaxLength(Permitted.Address)] string? AgencyAddress = null, bool? Witnessed = null);

/// <summary>A parent or guardian.</summary>
/// <param name="Name">Name.</param>
/// <param name="Phone">Telephone number.</param>
/// <param name="Address">Address.</param>
/// <param name="Relationship">What he or she is to the child, in words.</param>
/// <param name="BusinessPhone">Telephone number at work.</param>
/// <param name="DateOfBirth">Date of birth.</param>
/// <param name="ApproximateAge">Age in whole years, as the officer judges it.</param>
/// <param name="Gender">Gender.</param>
/// <param name="Ethnicity">Race and ethnicity, in words, for the written report.</param>
public sealed record Guardian([MaxLength(Permitted.Text)] string? Name, [MaxLength(Permitted.Text)] string? Phone, [MaxLength(Permitted.Address)] string? Address,
    [MaxLength(Permitted.Text)] string? Relationship = null, [MaxLength(Permitted.Text)] string? BusinessPhone = null, DateOnly? DateOfBirth = null,
    [Range(0, Permitted.OldestPerson)] int? ApproximateAge = null, [CodeOf(typeof(Genders))] string? Gender = null, [MaxLength(Permitted.Text)] string? Ethnicity = null);

/// <summary>Somebody who may have harmed the child: never the child.</summary>
/// <param name="Name">Name.</param>
/// <param name="Description">What is known of the person.</param>
/// <param name="Role">What he or she is in it; <c>UNKNOWN</c> when the officer cannot tell.</param>
/// <param name="Address">Address.</param>
/// <param name="Phone">Telephone number.</param>
/// <param name="DateOfBirth">Date of birth.</param>
/// <param name="ApproximateAge">Age in whole years, as the officer judges it.</param>
/// <param name="Gender">Gender.</param>
/// <param name="Ethnicity">Race and ethnicity, in words, for the written report.</param>
public sealed record Suspect([MaxLength(Permitted.Text)] string? Name, [MaxLength(Permitted.Notes)] string? Description, [CodeOf(typeof(SuspectRoles))] string? Role = null,
    [MaxLength(Permitted.Address)] string? Address = null, [MaxLength(Permitted.Text)] string? Phone = null, DateOnly? DateOfBirth = null,
    [Range(0, Permitted.OldestPerson)] int? ApproximateAge = null, [CodeOf(typeof(Genders))] string? Gender = null, [MaxLength(Permitted.Text)] string? Ethnicity = null);

/// <summary>A brother or sister of the child.</summary>
/// <param name="Name">Name.</param>
/// <param name="DateOfBirth">Date of birth.</param>
/// <param name="ApproximateAge">Age in whole years, as the officer judges it.</param>
/// <param name="Gender">Gender.</param>
/// <param name="Ethnicity">Race and ethnicity, in words, for the written report.</param>
public sealed record Sibling([MaxLength(Permitted.Text)] string? Name, DateOnly? DateOfBirth = null, [Range(0, Permitted.OldestPerson)] int? ApproximateAge = null,
    [CodeOf(typeof(Genders))] string? Gender = null, [MaxLength(Permitted.Text)] string? Ethnicity = null);
