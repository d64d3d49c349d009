using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Intake.Keys;
using SafeHarbor.ServiceDefaults.Tests.Sealing;

namespace SafeHarbor.Intake.Tests.Keys;

/// <summary>Intake with its key-encryption key in a key server.</summary>
public sealed class KeyServerTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("safeharbor-vault-").FullName;
    private TransitServer _vault = null!;
    private TestIntake _intake = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _vault = await TransitServer.StartAsync(Cancellation);
        await File.WriteAllTextAsync(PathOf("token"), _vault.Token, Cancellation);
        await File.WriteAllTextAsync(PathOf("ca.pem"), _vault.Certificate, Cancellation);
        _intake = await TestIntake.StartAsync(("Sealing:KeyFile", ""), ("Sealing:Vault:Address", _vault.Address.AbsoluteUri), ("Sealing:Vault:Key", "intake"),
            ("Sealing:Vault:TokenFile", PathOf("token")), ("Sealing:Vault:CertificateAuthorityFile", PathOf("ca.pem")));
    }

    public async ValueTask DisposeAsync()
    {
        await _intake.DisposeAsync();
        await _vault.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    [Fact]
    public async Task A_report_is_accepted_without_a_call_and_read_with_one_and_stays_readable_when_the_key_was_rotated()
    {
        var created = await CreateAsync();
        await SupplyTests.UntilAsync(() => _intake.Services.GetRequiredService<KeySupply>() is { } supply && supply.Count > supply.Target / 2, "The supply is full.");

        var calls = Calls();
        (await _intake.PostAsync(Sample.Encounter())).Status.ShouldBe(201);
        Calls().ShouldBe(calls);
        (await ReadAsync(created)).Status.ShouldBe(200);
        Calls().ShouldBe(calls + 1);

        _vault.Rotate();
        await _intake.EventuallyKeysAsync("select count(*) from keys where wrapped_by <> 'vault:transit/intake:v2'", 0, "every key is wrapped by the second version");
        _vault.MinimumVersion = 2;
        (await ReadAsync(created)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task While_the_key_server_is_sealed_reports_are_accepted_and_not_read()
    {
        var created = await CreateAsync();
        _vault.IsSealed = true;

        (await _intake.PostAsync(Sample.Encounter())).Status.ShouldBe(201);
        var refused = await ReadAsync(created);
        refused.Status.ShouldBe(503);
        refused.Json["type"]!.GetValue<string>().ShouldEndWith("/keys-unavailable");
        refused.Headers["Retry-After"].ShouldBe("5");

        _vault.IsSealed = false;
        (await ReadAsync(created)).Status.ShouldBe(200);
    }

    // Of keys: which version is the current one is asked all the time.
    private int Calls() => _vault.Requests.Count(request => request.StartsWith("POST", StringComparison.Ordinal));

    private async Task<Answer> CreateAsync()
    {
        var created = await _intake.PostAsync(Sample.Encounter());
        created.Status.ShouldBe(201, created.Body);
        await _intake.GrantAsync(created);
        return created;
    }

    private Task<Answer> ReadAsync(Answer created) =>
        _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{created.ReportId}", organization: "county:06037", scopes: "reports.read");
}
