using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Notification.Endpoints;
using SafeHarbor.Notification.Tests.Running;

namespace SafeHarbor.Notification.Tests.Endpoints;

/// <summary>The operator's key is replaced; endpoints get their notices signed as before.</summary>
public sealed class SecretRewrappingTests : ServiceTest
{
    [Fact]
    public async Task Secrets_and_addresses_are_wrapped_anew_so_that_the_former_key_can_go()
    {
        var app = await StartAsync();
        await RegisterAsync(app, Receiver.Url());
        var before = await WrappedAsync();
        var old = await File.ReadAllTextAsync(Installation.SealingKeyFile, Cancellation);
        var next = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

        await File.WriteAllTextAsync(Installation.SealingKeyFile, $"{next}\n{old}\n", Cancellation);
        var until = DateTime.UtcNow.AddSeconds(30);
        while ((await WrappedAsync()).Intersect(before).Any())
        {
            (DateTime.UtcNow < until).ShouldBeTrue("The new key is noticed.");
            await app.Services.GetRequiredService<SecretRewrapping>().RunAsync(Cancellation);
            await Task.Delay(100, Cancellation);
        }
        await Installation.StopAsync(app);
        await File.WriteAllTextAsync(Installation.SealingKeyFile, next, Cancellation);
        app = await StartAsync();
        await Installation.PublishAsync(app, Cancellation, Installation.Request());

        (await Receiver.WaitAsync(1, Cancellation))[0].Signature.ShouldStartWith("v1,");
    }

    private async Task<string[]> WrappedAsync() => (await Installation.ScalarAsync<string>(
        "select encode(s.wrapped_key, 'hex') || ' ' || encode(e.url_wrapped_key, 'hex') from endpoint_secrets s join endpoints e on e.id = s.endpoint_id", Cancellation)).Split(' ');
}
