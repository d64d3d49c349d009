using System.Text;
using System.Text.Json;
using SafeHarbor.Notification.Delivery;

namespace SafeHarbor.Notification.Tests.Delivery;

/// <summary>Our signatures against the cases that the Standard Webhooks libraries publish.</summary>
public sealed class SignatureTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public sealed record Case(string Name, string Expect, string Secret, string Id, long Timestamp, string Signature, string Body);

    public static TheoryData<string> Names => [.. Cases.Select(c => c.Name)];

    private static IReadOnlyList<Case> Cases { get; } = Read();

    [Theory, MemberData(nameof(Names))]
    public void A_receiver_that_checks_as_the_specification_says_accepts_ours_and_only_ours(string name)
    {
        var published = Cases.Single(c => c.Name == name);
        var ours = Signature.Of(published.Id, DateTimeOffset.FromUnixTimeSeconds(published.Timestamp), Encoding.UTF8.GetBytes(published.Body), [Key(published)]);

        published.Signature.Split(' ').Contains(ours).ShouldBe(published.Expect == "accept");
    }

    [Fact]
    public void Two_keys_give_two_signatures_in_their_order()
    {
        var published = Cases.Single(c => c.Name == "valid, whsec_ prefix");
        byte[] other = [1, 2, 3];
        var at = DateTimeOffset.FromUnixTimeSeconds(published.Timestamp);
        var body = Encoding.UTF8.GetBytes(published.Body);

        var both = Signature.Of(published.Id, at, body, [other, Key(published)]).Split(' ');

        both.Length.ShouldBe(2);
        both[0].ShouldBe(Signature.Of(published.Id, at, body, [other]));
        both[1].ShouldBe(published.Signature);
    }

    private static byte[] Key(Case published) => Convert.FromBase64String(published.Secret["whsec_".Length..]);

    private static List<Case> Read()
    {
        using var file = typeof(SignatureTests).Assembly.GetManifestResourceStream("standard-webhooks.json")!;
        return JsonDocument.Parse(file).RootElement.GetProperty("cases").Deserialize<List<Case>>(Json)!;
    }
}
