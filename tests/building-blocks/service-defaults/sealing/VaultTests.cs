using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.ServiceDefaults.Tests.Sealing;

/// <summary>The key-encryption key in a key server.</summary>
public sealed class VaultTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("safeharbor-vault-").FullName;
    private TransitServer _vault = null!;
    private TestService _service = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IKeyEncryption Encryption => _service.Get<IKeyEncryption>();

    public async ValueTask InitializeAsync()
    {
        _vault = await TransitServer.StartAsync(Cancellation);
        await File.WriteAllTextAsync(PathOf("token"), _vault.Token + "\n", Cancellation);
        await File.WriteAllTextAsync(PathOf("ca.pem"), _vault.Certificate, Cancellation);
        _service = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _vault.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private Task<TestService> StartAsync(bool trusted = true, string? name = null) => TestService.Start(configure: builder => builder.Services.RequireSealing(), settings:
    [
        ("Sealing:Vault:Address", _vault.Address.AbsoluteUri), ("Sealing:Vault:Key", "intake"), ("Sealing:Vault:TokenFile", PathOf("token")),
        ("Sealing:Vault:CertificateAuthorityFile", trusted ? PathOf("ca.pem") : null), ("Sealing:Vault:TimeoutSeconds", "5"), ("Sealing:Vault:Namespace", name),
    ]);

    [Fact]
    public async Task A_batch_is_one_call_and_every_key_comes_back_in_its_place()
    {
        var keys = Enumerable.Range(0, 250).Select(_ => DataKey.Make(Guid.NewGuid())).ToList();

        var wrapped = await Encryption.WrapAsync(keys, Cancellation);
        var opened = await Encryption.UnwrapAsync(wrapped, Cancellation);

        _vault.Requests.ShouldBe(["POST /v1/transit/encrypt/intake", "POST /v1/transit/decrypt/intake"]);
        wrapped.ShouldAllBe(key => key.By == "vault:transit/intake:v1");
        for (var i = 0; i < keys.Count; i++)
        {
            opened[i].Id.ShouldBe(keys[i].Id);
            opened[i].Bytes.SequenceEqual(keys[i].Bytes).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_wrapped_key_opens_under_no_other_id_and_the_error_names_it()
    {
        using var key = DataKey.Make(Guid.NewGuid());
        using var other = DataKey.Make(Guid.NewGuid());
        var wrapped = await Encryption.WrapAsync([key, other], Cancellation);

        var broken = await Should.ThrowAsync<SealBrokenException>(async () => await Encryption.UnwrapAsync([wrapped[0], wrapped[1] with { Id = key.Id }], Cancellation));

        broken.Message.ShouldContain(key.Id.ToString());
    }

    [Fact]
    public async Task A_rotated_key_wraps_with_its_new_version_and_the_former_opens_until_it_is_disallowed()
    {
        using var key = DataKey.Make(Guid.NewGuid());
        var former = await Encryption.WrapAsync([key], Cancellation);
        _vault.Rotate();

        (await Encryption.CurrentAsync(Cancellation)).ShouldBe("vault:transit/intake:v2");
        var opened = await Encryption.UnwrapAsync(former, Cancellation);
        var anew = await Encryption.WrapAsync(opened, Cancellation);
        anew[0].By.ShouldBe("vault:transit/intake:v2");

        _vault.MinimumVersion = 2;
        (await Encryption.UnwrapAsync(anew, Cancellation))[0].Bytes.SequenceEqual(key.Bytes).ShouldBeTrue();
        (await Should.ThrowAsync<KeysUnavailableException>(async () => await Encryption.UnwrapAsync(former, Cancellation))).Message.ShouldContain("min_decryption_version");
    }

    [Fact]
    public async Task A_renewed_token_is_used_and_a_refused_one_is_told_but_not_quoted()
    {
        _vault.Token = "s.second";
        var refused = await Should.ThrowAsync<KeysUnavailableException>(async () => await Encryption.CurrentAsync(Cancellation));
        refused.Message.ShouldContain("refuses the token");
        refused.ToString().ShouldNotContain("s.first");

        await File.WriteAllTextAsync(PathOf("token"), "s.second", Cancellation);

        (await Encryption.CurrentAsync(Cancellation)).ShouldBe("vault:transit/intake:v1");
    }

    [Fact]
    public async Task A_sealed_slow_or_absent_server_is_told_as_such()
    {
        _vault.IsSealed = true;
        (await Should.ThrowAsync<KeysUnavailableException>(async () => await Encryption.CurrentAsync(Cancellation))).Message.ShouldContain("sealed");
        _vault.IsSealed = false;
        _vault.Delay = TimeSpan.FromSeconds(20);
        (await Should.ThrowAsync<KeysUnavailableException>(async () => await Encryption.CurrentAsync(Cancellation))).Message.ShouldContain("within 5 s");
        await _vault.DisposeAsync();
        (await Should.ThrowAsync<KeysUnavailableException>(async () => await Encryption.CurrentAsync(Cancellation))).Message.ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task A_server_whose_certificate_is_not_trusted_gets_no_token()
    {
        await using var service = await StartAsync(trusted: false);
        _vault.Requests.Clear();

        await Should.ThrowAsync<KeysUnavailableException>(async () => await service.Get<IKeyEncryption>().CurrentAsync(Cancellation));

        _vault.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_namespace_is_named_when_there_is_one()
    {
        _vault.Namespace = "county";
        await Should.ThrowAsync<KeysUnavailableException>(async () => await Encryption.CurrentAsync(Cancellation));
        await using var service = await StartAsync(name: "county");

        (await service.Get<IKeyEncryption>().CurrentAsync(Cancellation)).ShouldBe("vault:transit/intake:v1");
    }

    [Fact]
    public async Task Keys_of_another_key_server_are_refused_before_it_is_asked()
    {
        using var key = DataKey.Make(Guid.NewGuid());
        var wrapped = (await Encryption.WrapAsync([key], Cancellation))[0];

        (await Should.ThrowAsync<KeysUnavailableException>(async () => await Encryption.UnwrapAsync([wrapped with { By = "file:0011223344556677" }], Cancellation)))
            .Message.ShouldContain("file:0011223344556677");
    }

    [Fact]
    public async Task An_address_without_tls_is_refused_outside_development()
    {
        var refused = await Should.ThrowAsync<StartRefusedException>(() => TestService.Start(environment: "Production", settings:
        [
            ("Authentication:DevelopmentKeyFile", null), ("Authentication:Authority", "https://issuer.example"), ("Authentication:Audience", "safeharbor"),
            ("Sealing:Vault:Address", "http://vault.example:8200"), ("Sealing:Vault:Key", "intake"), ("Sealing:Vault:TokenFile", PathOf("token")),
        ]));

        refused.Message.ShouldContain("https");
    }

    [Fact]
    public async Task Neither_token_nor_keys_are_logged()
    {
        using var key = DataKey.Make(Guid.NewGuid());
        (await Encryption.UnwrapAsync(await Encryption.WrapAsync([key], Cancellation), Cancellation))[0].Dispose();

        _service.Log.Text.ShouldNotContain(_vault.Token);
        _service.Log.Text.ShouldNotContain(Convert.ToBase64String(key.Bytes));
    }
}
