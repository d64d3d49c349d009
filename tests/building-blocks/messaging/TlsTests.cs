using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Messaging.Relaying;
using SafeHarbor.ServiceDefaults.Tls;
using SafeHarbor.TestServers;

namespace SafeHarbor.Messaging.Tests;

/// <summary>Nothing is told to a broker that cannot show who it is: its certificate names it, and nobody who is trusted has signed it.</summary>
public sealed class TlsTests : IAsyncDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly CancellationTokenSource _ending = new();
    private readonly SemaphoreSlim _ended = new(0);
    private readonly ConcurrentQueue<byte[]> _told = [];
    private TcpListener _listener = null!;

    [Fact]
    public async Task The_relay_refuses_a_broker_whose_certificate_nobody_vouches_for()
    {
        var settings = new RelaySettings("test", "Host=nowhere", Listen("127.0.0.1", port: 0, "amqps"), Authority: null, Attempts: 1);

        var refused = await Should.ThrowAsync<Exception>(() => BrokerLink.OpenAsync(settings, Cancellation));

        Causes(refused).ShouldContain(cause => cause is AuthenticationException, refused.ToString());
        await _ended.WaitAsync(Cancellation);
        _told.ShouldAllBe(bytes => bytes.Length == 0);
    }

    [Theory]
    [InlineData("amqps", "127.0.0.1", 0)]
    // MassTransit turns TLS on by itself for this port. An address of the test's own, so that no other broker is in the way.
    [InlineData("amqp", "127.56.71.1", 5671)]
    public async Task The_bus_tells_nothing_to_a_broker_whose_certificate_nobody_vouches_for(string scheme, string host, int port)
    {
        var broker = Listen(host, port, scheme);

        await StartBusAsync(broker, null);

        _told.ShouldAllBe(bytes => bytes.Length == 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_authority_of_one_s_own_is_believed_by_the_relay_and_no_other(bool theirs)
    {
        using var ours = new TestAuthority();
        using var another = new TestAuthority();
        var signed = (theirs ? ours : another).Authority.Server("broker");
        var broker = Listen("127.0.0.1", port: 0, "amqps", X509Certificate2.CreateFromPemFile(signed.Certificate, signed.Key));
        var settings = new RelaySettings("test", "Host=nowhere", broker, Believe(ours), Attempts: 1);

        // Nobody here speaks AMQP: it fails in any case, before or after the greeting.
        await Should.ThrowAsync<Exception>(() => BrokerLink.OpenAsync(settings, Cancellation));

        await _ended.WaitAsync(Cancellation);
        _told.Any(bytes => bytes.Length > 0).ShouldBe(theirs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_authority_of_one_s_own_is_believed_by_the_bus_and_no_other(bool theirs)
    {
        using var ours = new TestAuthority();
        using var another = new TestAuthority();
        var signed = (theirs ? ours : another).Authority.Server("broker");
        var broker = Listen("127.0.0.1", port: 0, "amqps", X509Certificate2.CreateFromPemFile(signed.Certificate, signed.Key));

        await StartBusAsync(broker, Believe(ours));

        _told.Any(bytes => bytes.Length > 0).ShouldBe(theirs);
    }

    /// <summary>Starts a bus, lets it try twice and gives up.</summary>
    private async Task StartBusAsync(Uri broker, TrustedAuthority? authority)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMassTransit(bus =>
        {
            var none = new Handlers(services, bus);
            bus.UsingRabbitMq((context, rabbit) => Bus.Configure(context, rabbit, broker, authority, "test", none));
        });
        await using var provider = services.BuildServiceProvider();
        using var enough = new CancellationTokenSource();

        var starting = provider.GetRequiredService<IBusControl>().StartAsync(enough.Token);
        foreach (var _ in Enumerable.Range(0, 2))
            (await _ended.WaitAsync(TimeSpan.FromSeconds(30), Cancellation)).ShouldBeTrue("the bus tries to connect");
        await enough.CancelAsync();
        await Should.ThrowAsync<Exception>(() => starting);
    }

    private static TrustedAuthority? Believe(TestAuthority authority) => TrustedAuthority.Read(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["file"] = authority.File }).Build(), "file");

    private Uri Listen(string host, int port, string scheme, X509Certificate2? certificate = null)
    {
        _listener = new TcpListener(IPAddress.Parse(host), port);
        _listener.Start();
        _ = AcceptAsync(certificate ?? Certificate(host));
        return new Uri($"{scheme}://somebody:secret@{host}:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
    }

    private async Task AcceptAsync(X509Certificate2 certificate)
    {
        using (certificate)
            while (!_ending.IsCancellationRequested)
            {
                using var client = await _listener.AcceptTcpClientAsync(_ending.Token);
                await using var tls = new SslStream(client.GetStream());
                _told.Enqueue(await WhatIsToldAsync(tls, certificate));
                _ended.Release();
            }
    }

    /// <summary>What comes through the encryption before the other side hangs up.</summary>
    private async Task<byte[]> WhatIsToldAsync(SslStream tls, X509Certificate2 certificate)
    {
        var buffer = new byte[8];
        try
        {
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, _ending.Token);
            return buffer[..await tls.ReadAsync(buffer, _ending.Token)];
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            return [];
        }
    }

    private static X509Certificate2 Certificate(string host)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(host));
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static IEnumerable<Exception> Causes(Exception? e) =>
        e is null ? [] : (e is AggregateException many ? many.InnerExceptions.SelectMany(Causes) : Causes(e.InnerException)).Prepend(e);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        _ended.Dispose();
        _ending.Dispose();
    }
}
