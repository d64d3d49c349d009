using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Messaging.Notices;

namespace SafeHarbor.Messaging.Tests;

/// <summary>What a service says of every notice that it asks for.</summary>
public sealed class NoticeBuilderTests
{
    [Theory]
    [InlineData("https://routing.example", "https://routing.example/v1/handoffs/1")]
    [InlineData("https://example.org/routing", "https://example.org/routing/v1/handoffs/1")]
    public void A_link_leads_to_the_service_that_asks(string address, string link)
    {
        var subject = new NoticeSubject(SubjectKinds.Handoff, Guid.NewGuid(), "/v1/handoffs/1");

        var notice = new NoticeBuilder("county-routing", () => address).About(subject, Guid.NewGuid(), "handoff.opened.v1", Organization.Parse("county:06037"), Urgencies.Prompt, DateTimeOffset.UtcNow);

        notice.Link.ShouldBe(link);
        (notice.Source, notice.Subject, notice.SubjectKind, notice.RequestedBy).ShouldBe(("county-routing", subject.Id, SubjectKinds.Handoff, subject.Id));
    }
}
