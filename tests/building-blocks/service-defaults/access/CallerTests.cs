using System.Security.Claims;
using SafeHarbor.ServiceDefaults.Access;

namespace SafeHarbor.ServiceDefaults.Tests.Access;

/// <summary>What is known of a caller, whatever an issuer writes.</summary>
public sealed class CallerTests
{
    [Theory]
    [InlineData("7e1b2f5c-9c58-4a3e-9c0e-2f8f3a1a9a10")]
    [InlineData("auth0|5f7c8ec7c33c6c004bbafe82")]
    [InlineData("officer.7@police.example")]
    [InlineData("CN=officer-7,OU=patrol")]
    [InlineData("county:06037:developer")]
    public void A_subject_with_the_form_of_an_identifier_is_taken_as_it_is(string subject) => SubjectOf(subject).ShouldBe(subject);

    [Theory]
    [InlineData("Jane Doe, 15")]
    [InlineData("José")]
    [InlineData(" ")]
    [InlineData("-")]
    public void A_subject_that_could_be_a_text_is_known_by_its_hash_alone(string subject)
    {
        var known = SubjectOf(subject)!;

        known.ShouldMatch(@"\Asha256:[0-9a-f]{32}\z");
        SubjectOf(subject).ShouldBe(known, "the same caller again");
        SubjectOf(subject + "x").ShouldNotBe(known);
    }

    [Fact]
    public void Nobody_is_no_caller_and_neither_is_a_subject_without_end()
    {
        SubjectOf("").ShouldBeNull();
        SubjectOf("a\nb").ShouldBeNull();
        SubjectOf(new('a', 256)).ShouldBeNull();
    }

    private static string? SubjectOf(string subject) =>
        Caller.TryFrom(new(new ClaimsIdentity([new("sub", subject), new("org", "county:06037")], "test")), out var caller) ? caller.Subject : null;
}
