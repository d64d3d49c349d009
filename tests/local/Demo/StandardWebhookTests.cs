using SafeHarbor.Local.Demo;

namespace SafeHarbor.Local.Tests.Demo;

public sealed class StandardWebhookTests
{
    // The published example of the Standard Webhooks libraries.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Timestamp = "1614265330";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const string Body = "{\"test\": 2432232314}";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    [Fact]
    public void A_genuine_message_is_accepted() => StandardWebhook.IsGenuine(Secret, Id, Timestamp, Signature, Body, Now).ShouldBeTrue();

    [Fact]
    public void One_of_two_signatures_is_enough() =>
        StandardWebhook.IsGenuine(Secret, Id, Timestamp, $"v1,AAAA {Signature}", Body, Now).ShouldBeTrue();

    [Fact]
    public void A_changed_body_is_refused() => StandardWebhook.IsGenuine(Secret, Id, Timestamp, Signature, Body + " ", Now).ShouldBeFalse();

    [Fact]
    public void An_old_message_is_refused() => StandardWebhook.IsGenuine(Secret, Id, Timestamp, Signature, Body, Now.AddMinutes(6)).ShouldBeFalse();

    [Fact]
    public void A_message_without_signature_is_refused() => StandardWebhook.IsGenuine(Secret, Id, Timestamp, null, Body, Now).ShouldBeFalse();
}
