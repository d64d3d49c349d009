using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace SafeHarbor.Client.Tests;

public sealed class WebhookTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string OldSecret = "whsec_b2xkLXNlY3JldC1vZi10aGUtZW5kcG9pbnQ=";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1614265330);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""
        {"specversion":"1.0","id":"msg_1","source":"/county-routing","type":"org.safeharbor.handoff.opened.v1","subject":"0199a1b2-0000-7000-8000-000000000001",
         "time":"2021-02-25T15:02:10Z","datacontenttype":"application/json","data":{"handoffId":"0199a1b2-0000-7000-8000-000000000001","urgency":"EMERGENCY","later":true}}
        """);

    [Fact]
    public void A_genuine_notice_is_read()
    {
        var notice = Verifier(Secret).Read(Signed(Now, Secret), Body);

        notice.Type.ShouldBe("org.safeharbor.handoff.opened.v1");
        notice.Data.HandoffId.ShouldBe(Guid.Parse(notice.Subject));
    }

    [Fact]
    public void While_a_secret_is_rotated_either_side_may_be_ahead()
    {
        Verifier(Secret).Read(Signed(Now, OldSecret, Secret), Body).Id.ShouldBe("msg_1");
        Verifier(OldSecret).Read(Signed(Now, Secret, OldSecret), Body).Id.ShouldBe("msg_1");
        Verifier(Secret, OldSecret).Read(Signed(Now, OldSecret), Body).Id.ShouldBe("msg_1");
    }

    [Fact]
    public void The_example_of_the_standards_libraries_is_genuine() =>
        Refused(Verifier(Secret), Headers("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="), Encoding.UTF8.GetBytes("{\"test\": 2432232314}"))
            .ShouldContain("It is signed, but");

    [Theory]
    [InlineData(-301)]
    [InlineData(301)]
    public void What_was_not_sent_just_now_is_refused(int seconds) =>
        Refused(Verifier(Secret), Signed(Now.AddSeconds(seconds), Secret), Body).ShouldContain("just now");

    [Fact]
    public void What_is_signed_by_another_is_refused() => Refused(Verifier(Secret), Signed(Now, OldSecret), Body).ShouldContain("not signed");

    [Fact]
    public void What_was_changed_is_refused() => Refused(Verifier(Secret), Signed(Now, Secret), [.. Body, (byte)' ']).ShouldContain("not signed");

    [Theory]
    [InlineData("msg_1", "1614265330", null)]
    [InlineData("msg_1", "1614265330", "")]
    [InlineData("msg_1", "1614265330", "v1,")]
    [InlineData("msg_1", "1614265330", "v1a,AAAA v2,AAAA")]
    [InlineData("msg_1", "99999999999999999999", "v1,AAAA")]
    [InlineData("msg_1", "-9223372036854775808", "v1,AAAA")]
    [InlineData("msg_1", null, "v1,AAAA")]
    [InlineData(null, "1614265330", "v1,AAAA")]
    public void What_is_no_signed_webhook_is_refused(string? id, string? timestamp, string? signature) =>
        Should.Throw<WebhookRefusedException>(() => Verifier(Secret).Read(Headers(id, timestamp, signature), Body));

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_")]
    [InlineData("whsec_%%%")]
    public void A_secret_that_is_none_is_not_taken(string secret) => Should.Throw<ArgumentException>(() => new WebhookVerifier(secret)).Message.ShouldNotContain(secret[6..] + "%");

    [Fact]
    public void Without_a_secret_nothing_is_believed() => Should.Throw<ArgumentException>(() => new WebhookVerifier());

    private static WebhookVerifier Verifier(params string[] secrets) => new(secrets) { Time = new FakeTimeProvider(Now) };

    private static string Refused(WebhookVerifier verifier, Func<string, string?> headers, byte[] body) => Should.Throw<WebhookRefusedException>(() => verifier.Read(headers, body)).Message;

    private static Func<string, string?> Signed(DateTimeOffset at, params string[] secrets)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] content = [.. Encoding.UTF8.GetBytes($"msg_1.{timestamp}."), .. Body];
        return Headers("msg_1", timestamp, string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[6..]), content)))));
    }

    private static Func<string, string?> Headers(string? id, string? timestamp, string? signature) => name => name switch
    {
        "webhook-id" => id,
        "webhook-timestamp" => timestamp,
        "webhook-signature" => signature,
        _ => null,
    };
}
