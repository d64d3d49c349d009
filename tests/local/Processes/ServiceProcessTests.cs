using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Tests.Processes;

public sealed class ServiceProcessTests : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("safeharbor-").FullName;
    private readonly Dictionary<string, string?> _environment = [];
    private readonly ServiceProcess _service;

    public ServiceProcessTests() =>
        _service = new ServiceProcess("stub", Checkout.Find().BuiltAssembly("SafeHarbor.StubService"), _directory, _environment, endsWithProgram: true);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_service_comes_back_on_the_same_address()
    {
        await _service.StartAsync(Cancelled);
        await _service.WaitUntilReadyAsync(Cancelled);
        var address = _service.Address;
        var first = await ProcessIdAsync();

        await _service.KillAsync();
        _service.IsRunning.ShouldBeFalse();

        await _service.StartAsync(Cancelled);
        await _service.WaitUntilReadyAsync(Cancelled);
        _service.Address.ShouldBe(address);
        (await ProcessIdAsync()).ShouldNotBe(first);
    }

    [Fact]
    public async Task A_stopped_service_ends_in_order_and_its_log_says_so()
    {
        await _service.StartAsync(Cancelled);
        await _service.StopAsync();

        _service.IsRunning.ShouldBeFalse();
        (await File.ReadAllTextAsync(_service.LogFile, Cancelled)).ShouldContain("Application is shutting down");
    }

    [Fact]
    public async Task A_service_that_ends_at_once_is_told_with_its_last_words()
    {
        _environment["STUB_FAILS"] = "The stub has its reasons.";

        (await Should.ThrowAsync<ServiceFailedException>(() => _service.StartAsync(Cancelled))).Message.ShouldContain("The stub has its reasons.");
    }

    [Fact]
    public async Task A_migration_that_fails_is_told()
    {
        await _service.MigrateAsync(always: false, Cancelled);
        _environment["STUB_MIGRATION_FAILS"] = "yes";

        await Should.ThrowAsync<ServiceFailedException>(() => _service.MigrateAsync(always: false, Cancelled));
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<string> ProcessIdAsync()
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri(_service.Address, "/health/ready"), Cancelled);
    }
}
